#include "amounts.h"

#include <cerrno>
#include <fcntl.h>
#include <future>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace lab;

TEST(Robust, ReadsWhatStandsBeforeTheEnd)
{
    Learner you{
        {.rule = "the end of a stream stands behind its bytes: read all of them first, in however many pieces.",
         .why = "POLLRDHUP says that the FIN has come, POLLHUP that both sides have ended. What came before may still lie in the "
                "kernel, also after a short count.",
         .read = "man 2 poll, POLLRDHUP and POLLHUP; man 2 recv, RETURN VALUE",
         .ask = "Q33, Q36"}};
    constexpr WireOptions roomy{.learner_receive_buffer = 200'000};
    Peer ann = you.wire("ann", roomy), bob = you.wire("bob", roomy), eve = you.unix_wire("eve");
    you.every(Family::reading).moves_at_most(16); // so many pieces that a stack has no room for each
    you.run([&] {
        ::shutdown(you.fd(0), SHUT_WR); // all is asked, as by the client of a service
        wait_for_the_test();            // until all is there, and the end
        EXPECT_EQ("40000 bytes, unchanged", exactly(you.fd(0), 40'000));
        EXPECT_EQ("40000 bytes, unchanged", until_eof(you.fd(1), 1 << 20));
        EXPECT_EQ("hello", exactly(you.fd(2), 5));
        EXPECT_EQ("world", until_eof(you.fd(2), 1000));
    });
    ASSERT_TRUE(you.paused());
    for (Peer* peer : {&ann, &bob}) {
        peer->sends(pattern(40'000));
        peer->finishes_writing();
    }
    eve.sends("helloworld");
    eve.closes();
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Robust, KeepsTheThreadsApart)
{
    Learner you{{.rule = "two threads read at once, each from a socket of its own, and see nothing of each other.",
                 .why =
                     "One sleeps in recv. What is static is there once, so another thread writes into its bytes; and a lock that "
                     "it holds keeps all others out until its own peer speaks.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.run([&] {
        std::future<std::string> slow = std::async(std::launch::async, [&] {
            const std::string first = exactly(you.fd(0), 5);
            return first + until_eof(you.fd(0), 1000);
        });
        for (const int fd : {you.fd(1), you.fd(2)}) {
            expects_to_hear(fd, "go");
            EXPECT_EQ("HELLO", exactly(fd, 5));
            EXPECT_EQ("WORLD", until_eof(fd, 1000));
            ::send(fd, "done", 4, MSG_NOSIGNAL);
        }
        EXPECT_EQ("helloworld", slow.get());
    });
    for (Peer* fast : {&bob, &eve}) { // ann stops first in recv_exactly, then in recv_until_eof
        ann.sends(fast == &bob ? "hel" : "lowor");
        for (const char* piece : {"go", "HELLO", "WORLD"})
            fast->sends(piece);
        fast->finishes_writing();
        fast->expects("done");
    }
    ann.sends("ld");
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, KeepsTheirBytesApart)
{
    constexpr Lesson lesson{
        .rule = "the bytes that one thread got are its own, also while another thread reads.",
        .why = "recv has filled a static block. Before that is copied, the recv of another thread fills it again.",
        .read = "man 7 pthreads, \"Thread-safe functions\"",
        .ask = "Q33, Q34"};
    for (const bool all : {false, true}) {
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.nth(Family::reading, 1).returns_late();
        you.run([&] {
            const auto reads = [all](int fd) { return all ? until_eof(fd, 1000) : exactly(fd, 5); };
            std::future<std::string> other = std::async(std::launch::async, [&] { return reads(you.fd(1)); });
            EXPECT_EQ("hello", reads(you.fd(0)));
            EXPECT_EQ("HELLO", other.get());
        });
        ann.sends("hello");
        ann.finishes_writing();
        bob.sends("HELLO"); // the kernel has given hers to the first thread, which does not know it yet
        bob.finishes_writing();
        you.settles();
        you.resume();
        you.finishes();
    }
}

TEST(Robust, TakesAnyDescriptor)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "0 is a descriptor like any other, and so is 1100.",
                 .why = "Who closes standard input, as a daemon does, gets 0 for the next socket. An fd_set of select() ends at "
                        "1023.",
                 .read = "man 2 socket, RETURN VALUE; man 2 select, BUGS",
                 .ask = "Q9, Q33"},
                {.descriptors = 2048}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        for (const auto& [from, number] : {std::pair{you.fd(0), 0}, {you.fd(1), 1100}}) {
            ::dup2(from, number);
            EXPECT_EQ("hello", exactly(number, 5));
            EXPECT_EQ(", world", until_eof(number, 1000));
            ::close(number);
        }
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->sends("hello, world");
        peer->finishes_writing();
    }
    you.finishes();
}

TEST(Hostile, SleepsOnBesideAnUrgentByte)
{
    Learner you{{.rule = "an urgent byte stands beside the stream: it is none of the bytes to read, and no reason to wake up.",
                 .why =
                     "recv() passes over it. But poll() says POLLPRI, to whoever asked for that, until somebody has read beyond "
                     "it: at once, again and again.",
                 .read = "man 7 tcp, \"Out-of-band data\"; man 2 poll, POLLPRI",
                 .ask = "Q33, Q35"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        EXPECT_EQ("world", until_eof(you.fd(), 1000));
    });
    for (const char* piece : {"hel", "lo", "wor", "ld"}) {
        ann.sends(piece);
        ann.sends_urgently('!');
    }
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
    for (const int error : {ETIMEDOUT, EHOSTUNREACH, ENOTCONN, ECONNREFUSED, ECONNABORTED}) {
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
