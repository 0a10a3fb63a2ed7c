// Q35 to Q37, Q53, Q55 and Q58: receiving and waiting.
#include "states.h"

#include <array>
#include <csignal>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>

using namespace questions;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

// "With MSG_WAITALL the buffer is always full" predicts 10.
// Convinced: with 10 bytes from the peer recv() fills the buffer, and the proof is red.
TEST(Q35, WaitallStopsAtTheEndOfTheStream)
{
    const Pair pair = tcp_pair();
    sends(pair.server, "hello");
    EXPECT_EQ(0, ::shutdown(pair.server.get(), SHUT_WR));
    std::array<char, 10> buffer{};
    const std::string first = said(::recv(pair.client.get(), buffer.data(), buffer.size(), MSG_WAITALL));
    const std::string second = said(::recv(pair.client.get(), buffer.data(), buffer.size(), MSG_WAITALL));
    EXPECT_EQ("5", first);
    EXPECT_EQ("0", second);

    sends(pair.client, "hello");
    timeval time{0, 1000};
    EXPECT_EQ(0, ::setsockopt(pair.server.get(), SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    EXPECT_NE(0, comes(pair.server, POLLIN));
    EXPECT_EQ("5", said(::recv(pair.server.get(), buffer.data(), buffer.size(), MSG_WAITALL))); // the time was over
    observed("10 bytes asked for with MSG_WAITALL: recv() = " + first + ", then " + second + "; with SO_RCVTIMEO 1 ms: 5");
}

// "poll() sleeps until ten bytes are there" predicts that it waits its second.
// Convinced: with a recv() that takes the bytes in place of the peek poll() returns 0, and the proof is red.
TEST(Q36, APeekLeavesTheSocketReadable)
{
    const Pair pair = tcp_pair();
    sends(pair.server, "abc");
    int rounds = 0;
    for (; rounds < 100; ++rounds) {
        ASSERT_EQ(POLLIN, comes(pair.client, POLLIN, 1000)) << "round " << rounds;
        char buffer[10];
        ASSERT_EQ("3", said(::recv(pair.client.get(), buffer, sizeof buffer, MSG_PEEK)));
    }
    EXPECT_EQ("abc", finds(pair.client));
    observed("3 of 10 bytes were there: " + std::to_string(rounds) + " times poll() said readable and the peek 3");
}

// "It does nothing and returns 0" predicts that "one" is still there, and that an empty TCP queue gives 0, too.
// Convinced: without the recv() of size 0 the next one gives "one", and the proof is red.
TEST(Q37, AnEmptyReceiveTakesADatagram)
{
    const Fd receiver{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, true)};
    const Fd sender{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, true)};
    const wiring::Name there = wiring::own_name(receiver.get());
    ASSERT_EQ(0, ::connect(sender.get(), there.get(), there.size));
    sends(sender, "one");
    sends(sender, "two");
    char byte;
    EXPECT_NE(0, comes(receiver, POLLIN));
    EXPECT_EQ("0", said(::read(receiver.get(), &byte, 0))); // takes nothing
    EXPECT_EQ("0", said(::recv(receiver.get(), &byte, 0, 0)));
    const std::string next = gets(receiver);
    EXPECT_EQ("two", next);
    sends(sender, "");
    EXPECT_NE(0, comes(receiver, POLLIN));
    EXPECT_EQ("0", said(::read(receiver.get(), &byte, 1))); // takes the empty datagram, whatever recv(2) NOTES says
    EXPECT_EQ("EAGAIN", finds(receiver));

    const Pair pair = tcp_pair();
    EXPECT_EQ("EAGAIN", said(::recv(pair.client.get(), &byte, 0, MSG_DONTWAIT)));
    sends(pair.server, "hello");
    EXPECT_NE(0, comes(pair.client, POLLIN));
    EXPECT_EQ("0", said(::recv(pair.client.get(), &byte, 0, 0)));
    EXPECT_EQ("hello", finds(pair.client));
    observed("UDP, \"one\" and \"two\" waiting: read() of 0 bytes = 0, recv() of 0 bytes = 0, the next recv() = \"" + next +
             "\"; read() of 1 byte took an empty one; TCP: EAGAIN when empty, else 0 and nothing taken");
}

namespace {

std::string word_of(const Fd& client)
{
    char buffer[10];
    const ssize_t n = ::recv(client.get(), buffer, sizeof buffer, 0);
    return {buffer, n > 0 ? static_cast<std::size_t>(n) : 0};
}

// A handler that may need two words of its client, and blocks for the second one.
void handles(const Fd& client)
{
    if (word_of(client) == "slow")
        word_of(client);
    sends(client, "done");
}

void serves_in_one_loop(const Fd& ann, const Fd& bob)
{
    const Fd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    for (const Fd* client : {&ann, &bob}) {
        epoll_event event{.events = EPOLLIN, .data = {.ptr = const_cast<Fd*>(client)}};
        EXPECT_EQ(0, ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, client->get(), &event));
    }
    for (int handled = 0; handled < 2;) {
        std::array<epoll_event, 2> events;
        const int n = ::epoll_wait(epoll.get(), events.data(), 2, 4000);
        for (int i = 0; i < n; ++i, ++handled)
            handles(*static_cast<const Fd*>(events[static_cast<std::size_t>(i)].data.ptr));
    }
}

} // namespace

// "epoll is always best" predicts that bob is answered in both servers while ann's handler waits.
// Convinced: with one thread for each client in the first half, too, bob has his answer early, and the proof is red.
TEST(Q53, OneSlowHandlerStopsTheWholeLoop)
{
    const Pair ann = tcp_pair(), bob = tcp_pair();
    sends(ann.client, "slow");
    EXPECT_NE(0, comes(ann.server, POLLIN));
    std::string early;
    {
        Actor loop{[&] { serves_in_one_loop(ann.server, bob.server); }};
        EXPECT_TRUE(loop.falls_asleep_in(SYS_recvfrom)); // in ann's handler
        sends(bob.client, "fast");
        EXPECT_NE(0, comes(bob.server, POLLIN));
        EXPECT_TRUE(loop.falls_asleep_in(SYS_recvfrom)); // still there, with bob's word waiting
        EXPECT_EQ(0, comes(bob.client, POLLIN, 30));     // time enough for an answer
        early = finds(bob.client);
        EXPECT_EQ("EAGAIN", early);
        sends(ann.client, "now");
        EXPECT_EQ("done", gets(ann.client));
        EXPECT_EQ("done", gets(bob.client));
    }
    sends(ann.client, "slow");
    Actor anns{[&] { handles(ann.server); }};
    Actor bobs{[&] { handles(bob.server); }};
    sends(bob.client, "fast");
    EXPECT_EQ("done", gets(bob.client));
    EXPECT_EQ("EAGAIN", finds(ann.client));
    sends(ann.client, "now");
    observed("one loop: bob had " + early +
             " until ann's handler returned; one thread for each client: bob was answered before ann");
}

// "select() sets the timeout of the socket" predicts that recv() ends, too, after the time that select() was given.
// Convinced: with SO_RCVTIMEO of 10 ms on the second socket, too, recv() does not sleep until the peer sends, and the proof is
// red.
TEST(Q55, OnlyTheOptionLimitsRecv)
{
    const Pair limited = tcp_pair();
    timeval time{0, 30'000};
    EXPECT_EQ(0, ::setsockopt(limited.client.get(), SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    char byte;
    const auto start = steady_clock::now();
    const std::string in_time = said(::recv(limited.client.get(), &byte, 1, 0));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);
    EXPECT_EQ("EAGAIN", in_time);
    EXPECT_GE(took, 30ms);
    EXPECT_EQ(0, comes(limited.client, POLLIN, 31)); // poll() has a limit of its own

    const Pair selected = tcp_pair();
    std::string came;
    std::atomic<int> ready{-1};
    Actor actor{[&] {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(selected.client.get(), &set);
        timeval limit{0, 10'000};
        ready = ::select(selected.client.get() + 1, &set, nullptr, nullptr, &limit);
        came = said(::recv(selected.client.get(), &byte, 1, 0));
    }};
    EXPECT_TRUE(actor.falls_asleep_in(SYS_recvfrom));
    EXPECT_EQ(0, ready);                             // the time of select() was over before
    EXPECT_EQ(0, comes(limited.client, POLLIN, 30)); // three times as long
    EXPECT_TRUE(actor.is_asleep_in(SYS_recvfrom));
    sends(selected.server, "x");
    actor.finish();
    EXPECT_EQ("1", came);
    observed("SO_RCVTIMEO 30 ms: " + in_time + " after " + std::to_string(took.count()) +
             " ms; after select() with 10 ms had returned 0, recv() slept until the byte came");
}

// "After EINTR I call poll() again with the same timeout" predicts that it ends at the deadline.
// Convinced: with the rest of the time in the first loop, too, poll() returns 0 before 20 signals came, and the proof is red.
TEST(Q58, TheFullTimeoutAfterEintrNeverEnds)
{
    struct sigaction action {
    }, before{};
    action.sa_handler = [](int) {};
    ::sigaction(SIGALRM, &action, &before);
    const itimerval every_5_ms{{0, 5000}, {0, 5000}}, never{};
    const Pair silent = tcp_pair();
    pollfd entry{silent.client.get(), POLLIN, 0};
    ::setitimer(ITIMER_REAL, &every_5_ms, nullptr);

    const auto start = steady_clock::now();
    int interrupted = 0;
    while (interrupted < 20 && ::poll(&entry, 1, 50) < 0 && errno == EINTR)
        ++interrupted;
    const auto naive = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);

    const auto deadline = steady_clock::now() + 50ms;
    int again = 0;
    int result = -1;
    while (result < 0) {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
        result = ::poll(&entry, 1, static_cast<int>(std::max(rest, 0ms).count()));
        again += result < 0;
    }
    const auto over = steady_clock::now();
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    EXPECT_EQ(20, interrupted); // 50 ms were over long ago, and it would go on
    EXPECT_GE(naive, 90ms);
    EXPECT_EQ(0, result);
    EXPECT_GE(over, deadline);
    observed("a signal each 5 ms, a limit of 50 ms: poll() with the full time had waited " + std::to_string(naive.count()) +
             " ms when we stopped it; with the rest of the time it ended after " + std::to_string(again) + " signals");
}
