#include "amounts.h"

#include <cerrno>
#include <fcntl.h>
#include <future>
#include <unistd.h>

using namespace lab;

TEST(Robust, ReadsWhatStandsBeforeTheEnd)
{
    Learner you{
        {.rule = "the end of a stream stands behind its bytes: read all of them first.",
         .why = "POLLRDHUP says that the FIN has come. What came before it may still lie in the kernel, more than one block.",
         .read = "man 2 poll, POLLRDHUP; man 2 recv, RETURN VALUE",
         .ask = "Q33, Q36"}};
    constexpr WireOptions roomy{.learner_receive_buffer = 200'000};
    Peer ann = you.wire("ann", roomy), bob = you.wire("bob", roomy);
    you.run([&] {
        wait_for_the_test(); // until all is there, and the end
        EXPECT_EQ("100000 bytes, unchanged", exactly(you.fd(0), 100'000));
        EXPECT_EQ("100000 bytes, unchanged", until_eof(you.fd(1), 1 << 20));
    });
    ASSERT_TRUE(you.paused());
    for (Peer* peer : {&ann, &bob}) {
        peer->sends(pattern(100'000));
        peer->finishes_writing();
    }
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Robust, KeepsTheThreadsApart)
{
    Learner you{{.rule = "each call has memory of its own: two threads read at once, each from a socket of its own.",
                 .why = "What is static is there once, for all threads. One sleeps in recv, and another writes into its bytes.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        std::future<std::string> other = std::async(std::launch::async, [&] {
            const std::string first = exactly(you.fd(1), 5);
            return first + until_eof(you.fd(1), 1000);
        });
        EXPECT_EQ("hello", exactly(you.fd(0), 5));
        EXPECT_EQ("world", until_eof(you.fd(0), 1000));
        EXPECT_EQ("HELLOWORLD", other.get());
    });
    const char *small[] = {"hel", "lo", "wor", "ld"}, *large[] = {"HEL", "LO", "WOR", "LD"};
    for (int i = 0; i < 4; ++i) { // each waits until both threads sleep
        ann.sends(small[i]);
        bob.sends(large[i]);
    }
    ann.finishes_writing();
    bob.finishes_writing();
    you.finishes();
}

TEST(Robust, TakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other.",
                 .why = "Who closes standard input, as a daemon does, gets 0 for the next socket.",
                 .read = "man 2 socket, RETURN VALUE",
                 .ask = "Q9, Q33"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        ::dup2(you.fd(), 0);
        EXPECT_EQ("hello", exactly(0, 5));
        EXPECT_EQ(", world", until_eof(0, 1000));
        ::close(0);
    });
    ann.sends("hello, world");
    ann.finishes_writing();
    you.finishes();
}

TEST(Hostile, CountsAllPiecesForTheMaximum)
{
    Learner you{
        {.rule = "max counts all that came: in many pieces, with pauses and signals between them.",
         .why = "Who has exactly max bytes knows nothing yet: the next recv says whether it is the end or a byte too many.",
         .read = "man 2 recv, RETURN VALUE",
         .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.run([&] {
        EXPECT_EQ("threw length_error", until_eof(you.fd(0), 5));
        EXPECT_EQ("threw length_error", until_eof(you.fd(1), 5));
        EXPECT_EQ("hello", until_eof(you.fd(2), 5));
    });
    ann.sends("hel");
    you.gets_signal(SIGUSR1);
    ann.sends("lo!");
    bob.sends("hello");
    bob.sends("!");
    eve.sends("hello");
    you.gets_signal(SIGUSR1);
    eve.finishes_writing();
    you.finishes();
}

TEST(Hostile, TellsWhateverBreaksTheConnection)
{
    constexpr Lesson lesson{.rule = "only 0 is the end: every errno but EINTR is an exception, whatever it says about the peer.",
                            .why = "A peer that lost its power sends no FIN. Keep-alive finds that, and recv says ETIMEDOUT.",
                            .read = "man 2 recv, ERRORS; man 7 tcp, ERRORS and tcp_keepalive_time",
                            .ask = "Q33, Q38"};
    for (const int error : {ETIMEDOUT, EHOSTUNREACH, ENOTCONN, ECONNREFUSED}) {
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.every(Family::reading).fails(error); // who tries again tries for ever
        you.run([&] {
            const std::string told = std::string{"threw "} + ::strerrorname_np(error);
            const std::string some = exactly(you.fd(0), 5), all = until_eof(you.fd(1), 5);
            expects(some == told || some == "hello", told, some); // stdio reads past the lab: nothing failed there
            expects(all == told || all == "hello", told, all);
        });
        for (Peer* peer : {&ann, &bob}) {
            peer->sends("hello");
            peer->finishes_writing();
        }
        you.finishes();
    }
}
