// The test waits for the learner, never for time: asleep, interrupted, paused, done.
#include "recorded.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <thread>
#include <unistd.h>

using namespace lab;

TEST(Waiting, KnowsWhereTheLearnerSleeps)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        char byte = 0;
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(1, ::recv(3, &byte, 1, 0));
        EXPECT_EQ(1, ::poll(&p, 1, -1));
        EXPECT_EQ(1, ::read(3, &byte, 1));
    });
    EXPECT_TRUE(you.asleep_in(Call::recv));
    EXPECT_TRUE(you.asleep_in(Family::reading));
    ann.sends("a");
    EXPECT_TRUE(you.asleep_in(Family::waiting));
    EXPECT_FALSE(you.is_done());
    ann.sends("b");
    EXPECT_FALSE(you.asleep_in(Family::accepting)) << "it never does, and the wait ends with the learner";
    EXPECT_TRUE(you.is_done());
    you.finishes();
}

TEST(Waiting, KnowsALongSend)
{
    Learner you;
    Peer ann = you.wire("ann", {.learner_send_buffer = 8192, .peer_receive_buffer = 8192});
    const std::string much = pattern(1 << 20);
    you.run([&] { EXPECT_EQ(1 << 20, ::send(3, much.data(), much.size(), 0)); });
    ASSERT_TRUE(you.asleep_in(Family::writing));
    ann.expects_size(much.size());
    you.finishes();
}

TEST(Waiting, SettlesWithALearnerThatIsDone)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] { EXPECT_EQ(2, ::send(3, "hi", 2, 0)); });
    you.settles();
    EXPECT_EQ(2U, ann.unread());
    ann.expects("hi");
    EXPECT_TRUE(you.is_done());
    you.finishes();
}

// The signal comes when the learner is inside the call, not before: a signal that came earlier would be lost, and the call
// would sleep for ever.
TEST(Waiting, InterruptsEveryTime)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        char byte = 0;
        int interrupted = 0;
        while (::recv(3, &byte, 1, 0) < 0 && errno == EINTR)
            ++interrupted;
        EXPECT_EQ(100, interrupted);
    });
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(you.interrupts(Family::reading)) << "after " << i;
    ann.sends("x");
    you.finishes();
}

TEST(Waiting, InterruptsTheThreadThatSleepsThere)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        std::thread{[] {
            char byte = 0;
            EXPECT_EQ(-1, ::recv(3, &byte, 1, 0));
            EXPECT_EQ(EINTR, errno);
        }}.join();
    });
    EXPECT_TRUE(you.interrupts(Family::reading));
    you.finishes();
}

// As in the kernel: what a blocking send has moved is told, whatever ends the wait; an error comes with the next call.
TEST(Waiting, ABlockedSendTellsWhatItMoved)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 2).pauses();
    you.may_change("SIGUSR2");
    you.run([] {
        struct sigaction restarts {};
        restarts.sa_handler = [](int) {};
        restarts.sa_flags = SA_RESTART;
        ::sigaction(SIGUSR2, &restarts, nullptr);
        const std::span<char> much = too_much();
        iovec pieces[]{{much.data(), 1000}, {much.data() + 1000, much.size() - 1000}};
        for (int i = 0; i < 2; ++i) {
            const ssize_t sent = i == 0 ? ::send(3, much.data(), much.size(), 0) : ::writev(3, pieces, 2);
            EXPECT_GT(sent, 0);
            EXPECT_LT(sent, static_cast<ssize_t>(much.size()));
        }
        EXPECT_EQ(-1, ::send(3, "x", 1, MSG_NOSIGNAL));
        EXPECT_EQ(ECONNRESET, errno);
    });
    EXPECT_TRUE(you.asleep_in(Family::writing));
    you.gets_signal(SIGUSR2);
    ASSERT_TRUE(you.paused());
    EXPECT_EQ(2u << 20, ann.receives(2 << 20).size()); // so that writev() moves something, too
    you.resume();
    EXPECT_TRUE(you.asleep_in(Call::writev));
    ann.resets();
    you.finishes();
}

// The one has its bytes, and hears of them when the other has done all of its work.
TEST(Waiting, HoldsACallThatIsDone)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.nth(Family::reading, 2).returns_late();
    you.run([] {
        std::atomic<bool> other_is_done{false};
        char bytes[4], others[4];
        EXPECT_EQ(-1, ::recv(3, bytes, 4, MSG_DONTWAIT)); // not counted: nothing has come
        std::thread other{[&] {
            EXPECT_EQ(4, ::recv(4, others, 4, 0));
            other_is_done = true;
        }};
        EXPECT_EQ(1, ::recv(3, bytes, 1, 0));
        EXPECT_EQ(1, ::recv(3, bytes, 1, MSG_PEEK)); // nor is this: nothing is taken
        EXPECT_EQ(4, ::recv(3, bytes, 4, 0));
        EXPECT_TRUE(other_is_done);
        EXPECT_EQ("ello", (std::string{bytes, 4}));
        other.join();
    });
    ann.sends("hello");
    ASSERT_TRUE(you.paused());
    EXPECT_EQ("T1 recv(3, 4 bytes)  held by the test\n", rows_with("held by", you.diagram()));
    bob.sends("ELLO");
    you.settles();
    you.resume();
    you.finishes();
    EXPECT_EQ("T1 recv(3, 4 bytes)  done, and held by the test\n", rows_with("held by", you.diagram()));
    EXPECT_EQ("T1 ... recv(3)  4  \"ello\"\n", rows_with("... recv(3)  4", you.diagram()));
}

TEST(Waiting, InterruptsNobodyWhoIsGone)
{
    Learner you;
    you.run([] {});
    EXPECT_FALSE(you.interrupts(Family::reading));
    EXPECT_FALSE(you.paused());
    EXPECT_EQ(0, you.port());
    you.finishes();
}

// The kernel lets one connection more into the queue than listen() said; the next client gets no answer, and tries again after
// about a second, which is the kernel's own timer: this test takes that long.
TEST(Waiting, KnocksAtAFullBacklog)
{
    Learner you{{}, {.deadline = 10s, .stuck = 5s}};
    you.nth(Family::accepting, 1).pauses();
    const int listener = you.listener(0);
    you.run([=] {
        for (int i = 0; i < 2; ++i)
            EXPECT_EQ(0, ::close(::accept(listener, nullptr, nullptr)));
    });
    ASSERT_TRUE(you.paused());
    Peer ann = you.knock("ann"), bob = you.knock("bob");
    EXPECT_TRUE(ann.waits_until_connected());
    EXPECT_FALSE(bob.is_connected());
    EXPECT_EQ("gets no answer (SYN_SENT)", bob.standing());
    you.resume();
    ann.expects_end();
    bob.expects_end();
    EXPECT_EQ("is connected", bob.standing());
    you.finishes();
    EXPECT_EQ("bob begins to connect\n"
              "bob gets no answer (SYN_SENT)\n"
              "bob receives the end (FIN)\n",
              rows_with(" bob ", you.diagram()));
}

TEST(Waiting, EndsWithTheLearnerWhoNeverListens)
{
    Learner you;
    you.run([] { ::close(::socket(AF_INET, SOCK_STREAM, 0)); });
    Peer ann = you.connect("ann");
    EXPECT_FALSE(ann.is_connected());
    EXPECT_EQ("", ann.receives(10));
    ann.sends("is anybody there?");
    ann.finishes_writing();
    ann.closes();
    you.finishes();
}

TEST(Waiting, CountsWhatTheKernelHasTaken)
{
    Learner you;
    Peer ann = you.wire("ann", {.learner_send_buffer = 8192, .peer_receive_buffer = 8192});
    you.run([] {
        const std::string much = pattern(1 << 20);
        EXPECT_LT(::send(3, much.data(), much.size(), MSG_DONTWAIT), 1 << 20);
        wait_for_the_test();
        ::close(3);
        wait_for_the_test();
    });
    ASSERT_TRUE(you.paused());
    const std::size_t given = you.bytes_given(3);
    EXPECT_EQ(you.calls().front().result, static_cast<long>(given));
    you.resume();
    ASSERT_TRUE(you.paused());
    EXPECT_EQ(0u, you.bytes_given(3));
    EXPECT_EQ(pattern(given), ann.receives_all());
    you.finishes();
}

TEST(Waiting, KnowsASetThatIsLargerThanFdSet)
{
    if (most_descriptors() < 1500)
        GTEST_SKIP() << "this machine gives no descriptor above 1400 (ulimit -Hn)";
    Learner you{{}, {.descriptors = 1500}};
    Peer ann = you.wire("ann");
    you.run([] {
        const int high = ::dup2(3, 1400);
        unsigned long set[1472 / 64] = {}; // glibc's FD_SET() has room for 1024
        set[high / 64] = 1UL << (high % 64);
        EXPECT_EQ(1, ::select(high + 1, reinterpret_cast<fd_set*>(set), nullptr, nullptr, nullptr));
        EXPECT_EQ(1UL << (high % 64), set[high / 64]);
        ::close(high);
    });
    ann.sends("hello"); // it sleeps: it has looked, and looks again
    you.finishes();
}
