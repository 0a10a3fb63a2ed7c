// Q24 to Q27 and Q59: connecting.
#include "states.h"

using namespace questions;
using std::chrono::steady_clock;

namespace {

// A socket that came from `ip` and that port (0: any), and may share it; connected to nobody.
Fd starting_from(const std::string& ip, std::uint16_t port)
{
    Fd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_TRUE(set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1));
    const wiring::Name name = wiring::name_of(ip, port);
    EXPECT_EQ("0", said(::bind(fd.get(), name.get(), name.size)));
    return fd;
}

std::string connects(const Fd& fd, const wiring::Name& there) { return said(::connect(fd.get(), there.get(), there.size)); }

bool set_time(const Fd& fd, int option, std::chrono::milliseconds time)
{
    const timeval value{time.count() / 1000, time.count() % 1000 * 1000};
    return ::setsockopt(fd.get(), SOL_SOCKET, option, &value, sizeof value) == 0;
}

} // namespace

// "65 535 ports, so 65 535 connections" predicts that a local port in use is used up: that the second connect() fails.
// Convinced: with the second connection to the first listener it fails as the third one does, and the proof is red.
TEST(Q24, OneLocalPortServesTwoDestinations)
{
    const std::string ip = lab::private_loopback();
    const Fd here{wiring::listening_socket(ip, 4, false)};
    const Fd there{wiring::listening_socket(ip, 4, false)};
    const Fd first = starting_from(ip, 0);
    const Fd second = starting_from(ip, port_of(first));
    const Fd third = starting_from(ip, port_of(first));
    EXPECT_EQ("0", connects(first, wiring::own_name(here.get())));
    EXPECT_EQ("0", connects(second, wiring::own_name(there.get())));
    EXPECT_EQ(port_of(first), port_of(second));
    EXPECT_EQ("EADDRNOTAVAIL", connects(third, wiring::own_name(here.get())));
    observed("local port " + std::to_string(port_of(first)) +
             " connected to two listeners; once more to the first of them: EADDRNOTAVAIL");
}

// "Refused means that the backlog is full" predicts ECONNREFUSED from the full queue, too.
// Convinced: with a ClosedPort in place of the FullQueue the second half is red.
TEST(Q25, AFullQueueIsSilentAndAClosedPortRefuses)
{
    const ClosedPort closed;
    const Fd refused{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_EQ("ECONNREFUSED", connects(refused, closed.name));

    const FullQueue full;
    const Fd unanswered{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    // Without it the end comes after minutes. tcp(7) says that it counts in the synchronised states only; Linux looks at it also
    // when it would repeat the SYN, the kernel's own timer, after a second.
    EXPECT_TRUE(set_option(unanswered, IPPROTO_TCP, TCP_USER_TIMEOUT, 1));
    EXPECT_EQ("ETIMEDOUT", connects(unanswered, full.name));
    observed("nobody listens: ECONNREFUSED; the queue is full: ETIMEDOUT");
}

// "Writable means connected" predicts a usable connection after POLLOUT.
// Convinced: with FullQueue's listener and room in it the connection stands, and every expectation after poll() is red.
TEST(Q26, WritableDoesNotMeanConnected)
{
    const ClosedPort closed;
    const Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    EXPECT_EQ(POLLOUT | POLLHUP, comes(client, POLLOUT)); // before it was asked for anything
    EXPECT_EQ("EINPROGRESS", connects(client, closed.name));
    const short events = comes(client, POLLOUT);
    EXPECT_EQ(POLLOUT | POLLERR | POLLHUP, events);
    const int first = option(client, SOL_SOCKET, SO_ERROR);
    const int second = option(client, SOL_SOCKET, SO_ERROR);
    EXPECT_EQ("ECONNREFUSED", lab::errno_name(first));
    EXPECT_EQ(0, second);
    observed("EINPROGRESS, then POLLOUT|POLLERR|POLLHUP; SO_ERROR " + lab::errno_name(first) + ", asked again " +
             std::to_string(second));
}

// "Close the socket and connect again" predicts that the server gets one connection; "just call it again", that each call says 0.
// Convinced: without the second socket nobody is there for the second accept(), and the proof is red; with room in the queue of
// the first listener the first call that is repeated says 0, and it is red, too.
TEST(Q27, ASecondCallSaysHowTheFirstStands)
{
    const FullQueue full;
    const Fd waiting = knock(full.name);
    EXPECT_EQ("EALREADY", connects(waiting, full.name));

    const Fd listener{wiring::listening_socket("127.0.0.1", 4, true)};
    const wiring::Name there = wiring::own_name(listener.get());
    const Fd done = knock(there);
    EXPECT_EQ(POLLOUT, comes(done, POLLOUT));
    EXPECT_EQ("0", connects(done, there)); // said once
    EXPECT_EQ("EISCONN", connects(done, there));

    const Fd again = client_of(listener); // the first attempt was finished: the server has both
    for (int i = 0; i < 2; ++i) {
        EXPECT_NE(0, comes(listener, POLLIN));
        EXPECT_GE(accepted_from(listener).get(), 0);
    }
    observed("non-blocking, in SYN_SENT: EALREADY; connected: 0, then EISCONN; a second socket is a second connection");
}

// "SO_RCVTIMEO limits connect()" predicts that the short one ends it; "connect() ends by itself soon" that it ends unlimited.
// Convinced: with the two options exchanged connect() returns before the long time is over, and the proof is red.
TEST(Q59, TheSendTimeoutLimitsConnect)
{
    using namespace std::chrono_literals;
    const FullQueue full;
    const Fd limited{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_TRUE(set_time(limited, SO_RCVTIMEO, 1ms));
    EXPECT_TRUE(set_time(limited, SO_SNDTIMEO, 60ms));
    const auto start = steady_clock::now();
    EXPECT_EQ("EINPROGRESS", connects(limited, full.name));
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);
    EXPECT_GE(time, 60ms);
    EXPECT_EQ(TCP_SYN_SENT, state_of(limited)); // the attempt goes on until close()

    const Fd polled = knock(full.name);
    EXPECT_EQ(0, comes(polled, POLLOUT, 20));
    EXPECT_EQ(0, option(polled, SOL_SOCKET, SO_ERROR));
    EXPECT_EQ(TCP_SYN_SENT, state_of(polled));

    const Fd unlimited{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    Actor actor{[&] { connects(unlimited, full.name); }};
    EXPECT_TRUE(actor.falls_asleep_in(SYS_connect));
    EXPECT_EQ(TCP_SYN_SENT, state_of(unlimited));
    ::shutdown(unlimited.get(), SHUT_RDWR); // ends the attempt
    observed("SO_RCVTIMEO 1 ms, SO_SNDTIMEO 60 ms: EINPROGRESS after " + std::to_string(time.count()) +
             " ms; without a limit connect() sleeps");
}
