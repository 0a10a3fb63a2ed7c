#include "closing.h"

#include <thread>
#include <unistd.h>
#include <utility>

using namespace lab;

TEST(Robust, ClosesAlsoWhenItThrows)
{
    Learner you{{.rule = "what you own is closed on every path, and an error that you do not know is an exception.",
                 .why = "recv() failed. What is freed by hand at the end of the function is not freed on this path.",
                 .read = "man 2 recv, ERRORS",
                 .ask = "Q71, Q72"}};
    you.every(Family::reading).fails(ENOMEM);
    Peer ann = you.wire("ann");
    you.run([&] { expects_error(ENOMEM, [&] { closing(you.fd(), patient); }); });
    ann.sends("more");
    closes_once(you);
}

TEST(Robust, KnowsASilentPeerFromOneThatIsGone)
{
    constexpr Lesson lesson{
        .rule = "only your limit is timed_out, and only a reset is peer_reset: any other error is an exception.",
        .why = "ETIMEDOUT: nobody acknowledged what the kernel sent, and it gave the connection up. Your limit is not over. "
               "EHOSTUNREACH: no way there. Nobody has reset anything.",
        .read = "man 7 tcp, ERRORS; man 7 ip, ERRORS",
        .ask = "Q38, Q60"};
    for (const int error : {ETIMEDOUT, EHOSTUNREACH, ENETUNREACH})
        for (const int limit : {patient, 0}) {
            Learner you{lesson};
            you.nth(Family::reading, 1).fails(error);
            Peer ann = you.wire("ann");
            ann.sends("more");
            you.run([&] { expects_error(error, [&] { closing(you.fd(), limit); }); });
            closes_once(you);
            if (HasFailure())
                return;
        }
}

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is an exception, and the socket is closed. Only a reset is a result.",
        .why = "A shutdown() or a wait that fails for want of memory tells nothing about the peer.",
        .read = "man 2 shutdown; man 2 poll, ENOMEM; man 2 close, \"Dealing with error returns from close()\"",
        .ask = "Q38, Q71, Q72"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            told_or_done([&] {
                const std::string result = name_of(kata::graceful_close(kata::UniqueFd{you.fd()}, patient));
                expects(result == "clean", "clean: ann has ended her stream, and nothing was reset", result);
            });
            expects_closed(you.fd(), "when the function is over");
        });
        ann.expects_end();
        ann.closes();
        closes_once(you);
    });
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
        for (const auto& [from, number] : {std::pair{you.fd(0), 0}, {you.fd(1), 1100}}) {
            ::dup2(from, number);
            ::close(from);
            EXPECT_EQ("clean", closing(number, patient));
        }
    });
    ann.expects_end();
    ann.closes();
    bob.expects_end();
    bob.closes();
    you.finishes();
}

TEST(Robust, ClosesInTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two threads may close at the same time, each its own socket, and see nothing of each other.",
         .why =
             "A static variable is one for all threads: the limit of one would be that of the other. And a lock that one holds "
             "while it waits keeps the other waiting, too.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
         .ask = "Q45, Q76"},
        {.own_time = 60s, .idle_calls = 0}}; // as in the tests of the limit
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        std::thread first{[&] { EXPECT_EQ("timed_out", name_of(kata::graceful_close(kata::UniqueFd{you.fd(0)}, 20))); }};
        wait_for_the_test();
        EXPECT_EQ("clean", name_of(kata::graceful_close(kata::UniqueFd{you.fd(1)}, patient)));
        first.join();
    });
    ASSERT_TRUE(you.paused());
    ann.expects_end(); // the first thread sleeps, and only now the second begins
    you.resume();
    bob.expects_end();
    expects(you.took() == 0ms, "bob gets his end while the first thread waits for ann",
            std::to_string(you.took().count()) + " ms later");
    ann.sends("more"); // now the last look was at her socket
    you.time_passes(30ms);
    ann.closes(); // too late
    bob.closes();
    you.finishes();
}

TEST(Hostile, TellsAResetBehindAFullBuffer)
{
    constexpr Lesson lesson{
        .rule = "a reset behind the last bytes is peer_reset, however many bytes these are.",
        .why = "A reset is told once, to the call that meets it. Whoever looks for more behind a full buffer, and "
               "forgets what that look said, gets 0 from the next recv(), as after a clean end.",
        .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
        .ask = "Q38, Q42"};
    for (const std::size_t piece : {1u, 512u, 1024u, 4096u, 8192u, 16384u}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.nth(Family::reading, 1).pauses();
        you.run([&] { EXPECT_EQ("peer_reset", closing(you.fd(), patient)); });
        ann.sends(pattern(piece));
        ASSERT_TRUE(you.paused()) << "you did not read";
        ann.resets(); // now both are there
        you.resume();
        closes_once(you);
        if (HasFailure())
            return;
    }
}

TEST(Hostile, TakesAnUrgentByteAwayToo)
{
    constexpr Lesson lesson{
        .rule = "an urgent byte is unread like any other: recv() before you close, whatever your wait has said.",
        .why =
            "poll() reports it as POLLPRI, not as POLLIN: whoever reads only after POLLIN never takes it away. A recv() passes "
            "over it, finds nothing, and has taken it all the same. Left there, it makes close() send RST.",
        .read = "man 2 poll, POLLPRI; man 7 tcp, \"Sockets API\"; RFC 9293 section 3.6.1",
        .ask = "Q45, Q56"};
    for (const int limit : {20, 0}) {
        Learner you{lesson, {.idle_calls = 0}}; // as in the tests of the limit
        Peer ann = you.wire("ann", slow);
        ann.sends_urgently('!');
        if (limit == 0)
            you.nth(Call::poll, 1).fails(EINTR); // then you have not read once yet
        you.run([&] {
            ASSERT_EQ(static_cast<ssize_t>(report), ::send(you.fd(), pattern(report).data(), report, MSG_NOSIGNAL));
            EXPECT_EQ("timed_out", closing(you.fd(), limit));
        });
        you.time_passes(20ms);
        you.settles();
        ann.expects_size(report);
        ann.expects_end();
        closes_once(you);
    }
}
