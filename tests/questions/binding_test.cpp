// Q7, Q10, Q13, Q17 and Q90: ports that are taken.
#include "states.h"

#include <fcntl.h>
#include <set>
#include <vector>

using namespace questions;

namespace {

Fd tcp_socket(bool reuses = false)
{
    Fd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_TRUE(set_option(fd, SOL_SOCKET, SO_REUSEADDR, reuses));
    return fd;
}

std::string binds(const Fd& fd, const wiring::Name& name) { return said(::bind(fd.get(), name.get(), name.size)); }

// A server's listener, at a port that nobody else wants.
Fd listener_that(bool reuses)
{
    Fd fd = tcp_socket(reuses);
    EXPECT_EQ("0", binds(fd, wiring::name_of(lab::private_loopback(), 0)));
    EXPECT_EQ("0", said(::listen(fd.get(), 4)));
    return fd;
}

// A server that took one client, closed first, and is gone: no process has its port, which is in TIME_WAIT.
class GoneServer {
public:
    explicit GoneServer(bool reuses) : listener_{listener_that(reuses)}
    {
        pair_.server.close();
        EXPECT_EQ("", gets(pair_.client));
        pair_.client.close();
        listener_.close();
        EXPECT_TRUE(becomes([&] { return waits(); }));
    }
    bool waits() const { return is_in_time_wait(ports_.server, ports_.client); }
    const wiring::Name& name() const { return name_; }

private:
    Fd listener_;
    wiring::Name name_ = wiring::own_name(listener_.get());
    Pair pair_{client_of(listener_), accepted_from(listener_)};
    Ports ports_{pair_};
};

} // namespace

// "I look for a free number, close the socket and bind that number later" predicts that the port is still free.
// Convinced: when the other socket is closed before the last bind() there is no error, and the proof is red.
TEST(Q7, AFreePortIsYoursOnlyWhileYouHoldIt)
{
    const std::string ip = lab::private_loopback();
    Fd found{wiring::bound_socket(ip, SOCK_STREAM, false)};
    const wiring::Name name = wiring::own_name(found.get());
    found.close();
    Fd somebody = tcp_socket();
    EXPECT_EQ("0", binds(somebody, name));
    const std::string later = binds(tcp_socket(), name);
    EXPECT_EQ("EADDRINUSE", later);

    std::vector<Fd> held;
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 50; ++i) {
        held.emplace_back(wiring::bound_socket(ip, SOCK_STREAM, false));
        ports.insert(port_of(held.back()));
    }
    EXPECT_EQ(50u, ports.size());
    observed("closed, taken by another socket, bound again: " + later + "; 50 times port 0: " + std::to_string(ports.size()) +
             " different ports");
}

// "The client needs bind(), and listen() without bind() fails" predicts two errors.
// Convinced: without listen() the socket has no port, nobody can connect, and the proof is red.
TEST(Q10, ListenAndConnectBindByThemselves)
{
    const Fd listener = tcp_socket();
    EXPECT_EQ(0, port_of(listener));
    EXPECT_EQ("0", said(::listen(listener.get(), 1)));
    const std::string ip = wiring::ip_of(wiring::own_name(listener.get()));
    EXPECT_EQ("0.0.0.0", ip);
    EXPECT_NE(0, port_of(listener));

    const Fd client = tcp_socket();
    EXPECT_EQ(0, port_of(client));
    const wiring::Name there = wiring::name_of("127.0.0.1", port_of(listener));
    EXPECT_EQ("0", said(::connect(client.get(), there.get(), there.size)));
    EXPECT_EQ("127.0.0.1", wiring::ip_of(wiring::own_name(client.get())));
    EXPECT_NE(0, port_of(client));
    observed("listen() without bind(): " + ip + " and port " + std::to_string(port_of(listener)) +
             "; a client connected there without bind(), from 127.0.0.1 and port " + std::to_string(port_of(client)));
}

// "It kills TIME_WAIT" predicts that the old connection is gone from the table; "two servers share a port", that no call fails.
// Convinced: with SO_REUSEPORT on the last four sockets, too, nothing says EADDRINUSE, and the proof is red.
TEST(Q13, TimeWaitStaysAndASecondListenerDoesNot)
{
    if (time_wait_is_full())
        GTEST_SKIP() << "as many connections as net.ipv4.tcp_max_tw_buckets are in TIME_WAIT already";
    const GoneServer old{true};
    const Fd next = tcp_socket(true), second = tcp_socket(true);
    EXPECT_EQ("0", binds(next, old.name()));
    EXPECT_TRUE(old.waits());
    EXPECT_EQ("0", said(::listen(next.get(), 1)));
    EXPECT_EQ("EADDRINUSE", binds(second, old.name())); // a live listener

    const Fd one = tcp_socket(true), two = tcp_socket(true);
    EXPECT_EQ("0", binds(one, wiring::name_of(lab::private_loopback(), 0)));
    EXPECT_EQ("0", binds(two, wiring::own_name(one.get()))); // nobody listens yet
    EXPECT_EQ("0", said(::listen(one.get(), 1)));
    EXPECT_EQ("EADDRINUSE", said(::listen(two.get(), 1)));
    observed(
        "bind() worked beside a connection in TIME_WAIT, and it is still in /proc/net/tcp; two sockets bound the port, and the "
        "second listen() said EADDRINUSE");
}

// "The old process is still running" predicts no error where no process has the port any more.
// Convinced: with SO_REUSEADDR in the first round, too, the first two binds work, and the proof is red.
TEST(Q17, OneErrorHasThreeCauses)
{
    if (time_wait_is_full())
        GTEST_SKIP() << "as many connections as net.ipv4.tcp_max_tw_buckets are in TIME_WAIT already";
    for (const bool reuses : {false, true}) {
        const std::string expected = reuses ? "0" : "EADDRINUSE";
        const GoneServer gone{reuses}; // TIME_WAIT
        EXPECT_EQ(expected, binds(tcp_socket(reuses), gone.name()));

        Fd listener = listener_that(reuses);
        const wiring::Name name = wiring::own_name(listener.get());
        const Pair open{client_of(listener), accepted_from(listener)};
        listener.close();
        EXPECT_EQ(TCP_ESTABLISHED, state_of(open.server)); // a client that has not left
        EXPECT_EQ(expected, binds(tcp_socket(reuses), name));

        Fd other = listener_that(reuses);
        const Fd inherited{::fcntl(other.get(), F_DUPFD_CLOEXEC, 0)}; // as a child process has it
        other.close();
        EXPECT_EQ("EADDRINUSE", binds(tcp_socket(reuses), wiring::own_name(inherited.get())));
    }
    observed(
        "EADDRINUSE each time: TIME_WAIT and no process, an open connection, a listener in other hands; SO_REUSEADDR from the "
        "beginning helps in the first two");
}

// "Only the new process needs SO_REUSEADDR" predicts that bind() succeeds in both runs.
// Convinced: with the option on the first listener in both runs no bind() fails and the proof is red.
TEST(Q90, BothMustHaveSetReuseaddr)
{
    if (time_wait_is_full())
        GTEST_SKIP() << "as many connections as net.ipv4.tcp_max_tw_buckets are in TIME_WAIT already";
    for (const bool first_had_it : {false, true}) {
        const GoneServer first{first_had_it};
        EXPECT_EQ(first_had_it ? "0" : "EADDRINUSE", binds(tcp_socket(true), first.name()));
    }
    observed("SO_REUSEADDR on the new socket only: bind() = -1 EADDRINUSE; on both: 0");
}
