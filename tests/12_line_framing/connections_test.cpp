#include "lines.h"

#include "05_accept/accept.h"

#include <thread>
#include <unistd.h>

using namespace lab;
using kata::LineReader;

TEST(Robust, KeepsTwoConnectionsApart)
{
    Learner you{{.rule = "what one connection left over never reaches another.",
                 .why = "A buffer that is static, or of the wrong size of life, is shared by all connections.",
                 .read = "man 3 getline, for one that is not shared",
                 .ask = "Q47, Q76"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    you.run([&] {
        LineReader of_ann{you.fd(0), max_line}, of_bob{you.fd(1), max_line};
        EXPECT_EQ("ann 1", next_of(of_ann));
        EXPECT_EQ("bob 1", next_of(of_bob));
        EXPECT_EQ("ann 2", next_of(of_ann));
        EXPECT_EQ("bob 2", next_of(of_bob));
    });
    ann.sends("ann 1\nann 2\n");
    bob.sends("bob 1\nbob 2\n");
    you.finishes();
}

TEST(Robust, KeepsTwoThreadsApart)
{
    Learner you{{.rule = "two readers may be used in two threads: what one receives, the other does not see.",
                 .why =
                     "A static buffer is one for all threads. The test holds the first thread behind its recv() until the other "
                     "has its line.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q47, Q76"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy"); // cy tells the second thread when
    you.nth(Family::reading, 2).returns_late();
    you.run([&] {
        LineReader of_ann{you.fd(0), max_line}, of_bob{you.fd(1), max_line};
        std::thread first{[&] { EXPECT_EQ("this is ann, and nobody else", next_of(of_ann)); }};
        expects_to_hear(you.fd(2), "go");
        EXPECT_EQ("I am bob", next_of(of_bob));
        first.join();
    });
    ann.sends("this is ");
    ann.sends("ann, and nobody else\n");
    ASSERT_TRUE(you.paused());
    cy.sends("go");
    bob.sends("I am bob\n");
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Robust, BeginsEmptyOnANewConnection)
{
    Learner you{{.rule = "a new reader knows nothing of an old one, even if its connection has the same number.",
                 .why = "The kernel gives the lowest free number to the next connection. What is kept by number meets it there.",
                 .read = "man 2 accept, RETURN VALUE; man 2 open, the lowest-numbered file descriptor",
                 .ask = "Q47, Q76"}};
    const int listener = you.listener();
    you.run([&] {
        for (const char* first : {"ann 1", "bob 1", "<the end>", "dan 1"}) {
            const kata::Accepted client = kata::accept_one(listener).value();
            LineReader lines{client.fd.get(), max_line};
            EXPECT_EQ(first, next_of(lines));
        }
    });
    Peer ann = you.connect("ann");
    ann.sends("ann 1\nann 2\n");
    Peer bob = you.connect("bob");
    bob.sends("bob 1\nbob 2\n");
    Peer cy = you.connect("cy");
    cy.finishes_writing();
    Peer dan = you.connect("dan");
    dan.sends("dan 1\n");
    you.finishes();
}

TEST(Robust, TakesAnyDescriptor)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "0 is a descriptor like any other, and so is 1100.",
                 .why = "A daemon that has closed its standard input gets 0 for a socket. An fd_set of select() ends at 1023.",
                 .read = "man 2 socket, RETURN VALUE; man 2 select, BUGS",
                 .ask = "Q9, Q70"},
                {.descriptors = 2048}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        const kata::UniqueFd zero{::dup2(you.fd(0), 0)}, high{::dup2(you.fd(1), 1100)};
        LineReader of_ann{zero.get(), max_line}, of_bob{high.get(), max_line};
        EXPECT_EQ("ann", next_of(of_ann));
        EXPECT_EQ("bob", next_of(of_bob));
    });
    ann.sends("ann\n");
    bob.sends("bob\n");
    you.finishes();
}

TEST(Hostile, TellsAResetFromAnEnd)
{
    Learner you{{.rule = "a reset is an error, not the end of the stream: what came may be cut off.",
                 .why = "recv() gave ECONNRESET. Who takes it for an end believes half a message.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("whole", next_of(lines));
        EXPECT_EQ("threw ECONNRESET", next_of(lines));
        expects_open(you.fd(), "after a reset: it is the caller's");
    });
    ann.sends("whole\nha");
    ann.resets();
    you.finishes();
}

TEST(Hostile, ReturnsWhatCameBeforeAReset)
{
    constexpr Lesson lesson{
        .rule = "lines that came before a reset are returned first; then the reset is told, and not the end.",
        .why = "recv() gives the bytes first and ECONNRESET then, once. Who reads ahead, also behind a full buffer, keeps that "
               "for its turn.",
        .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
        .ask = "Q38, Q42"};
    for (const std::size_t size : {10u, 512u, 1024u, 4096u, 8192u, 16384u}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            LineReader lines{you.fd(), 65536};
            wait_for_the_test();
            EXPECT_EQ("one", next_of(lines));
            EXPECT_EQ("two", next_of(lines));
            EXPECT_EQ("threw ECONNRESET", next_of(lines));
        });
        ASSERT_TRUE(you.paused());
        ann.sends("one\ntwo\n" + pattern(size - 8));
        ann.resets();
        you.settles(); // all of it has come
        you.resume();
        you.finishes();
        if (HasFailure())
            return;
    }
}

TEST(Hostile, TellsThatTheConnectionIsDead)
{
    constexpr Lesson lesson{
        .rule = "a connection that the kernel gives up is an error: not the end, and no reason to try again.",
        .why = "ETIMEDOUT: nobody acknowledged what was sent, or a keep-alive probe. EHOSTUNREACH: no way there. ENOTCONN: there "
               "was no connection.",
        .read = "man 7 tcp, ERRORS; man 7 ip, ERRORS",
        .ask = "Q38, Q60"};
    for (const int error : {ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENOTCONN, EPIPE}) {
        Learner you{lesson};
        you.nth(Family::reading, 1).fails(error);
        Peer ann = you.wire("ann");
        you.run([&] {
            LineReader lines{you.fd(), max_line};
            EXPECT_EQ(std::string{"threw "} + ::strerrorname_np(error), next_of(lines));
            expects_open(you.fd(), "when the connection is dead: it is the caller's");
        });
        ann.sends("a line\n");
        you.finishes();
    }
}

TEST(Hostile, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is an exception, and neither a line nor the end.",
                            .why = "A recv() that fails for want of memory tells nothing about the peer.",
                            .read = "man 2 recv, ENOMEM",
                            .ask = "Q33, Q42"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            told_or_done([&] {
                LineReader lines{you.fd(), max_line};
                for (const char* expected : {"one", "two", "<the end>"}) {
                    const std::string came = lines.next().value_or("<the end>");
                    expects(came == expected, expected, came);
                }
            });
        });
        ann.sends("one\ntw");
        ann.sends("o");
        ann.finishes_writing();
        you.finishes();
    });
}
