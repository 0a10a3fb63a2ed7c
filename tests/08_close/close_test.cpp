#include "closing.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

using namespace lab;

TEST(Works, EndsItsStreamAndWaitsForThePeersEnd)
{
    Learner you{{.rule = "say that you have finished, wait until the peer has, then close.",
                 .why = "SHUT_WR sends FIN and leaves the way in open. A peer that waits for your FIN sends its own after it.",
                 .read = "man 2 shutdown; RFC 9293 section 3.6",
                 .ask = "Q39, Q40, Q41"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        ::send(you.fd(), "goodbye", 7, MSG_NOSIGNAL);
        EXPECT_EQ("clean", closing(you.fd(), patient));
    });
    ann.expects("goodbye");
    ann.expects_end();
    you.settles();
    EXPECT_FALSE(you.is_done()) << "you did not wait for the end of ann's stream";
    ann.closes();
    closes_once(you);
}

TEST(Works, DeliversTheWholeAnswer)
{
    Learner you{{.rule = "read what is unread before you close: or close() sends RST, and the answer is lost.",
                 .why = "ann takes little at a time, the rest waits here, and such a close() drops it. No SO_LINGER helps.",
                 .read = "RFC 9293 section 3.6.1; man 7 socket, SO_LINGER",
                 .ask = "Q42, Q43, Q45, Q62"}};
    Peer ann = you.wire("ann", slow);
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("a request with a body that nobody reads");
    you.settles(); // only now she reads
    ann.expects_size(report);
    ann.expects_end();
    ann.closes();
    closes_once(you);
}

TEST(Robust, ReadsWhatComesUntilTheEnd)
{
    Learner you{{.rule = "\"nothing to read now\" is not the end: read until recv() gives 0.",
                 .why = "Bytes that reach a closed socket are answered with RST, too, and the report goes down with it.",
                 .read = "man 2 recv, RETURN VALUE; RFC 9293 section 3.6.1",
                 .ask = "Q33, Q42, Q45"},
                {.deadline = 10s, .cpu = 8s}}; // byte by byte is slow, not endless; who spins dies of that at once
    Peer ann = you.wire("ann", slow);
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("a request");
    ann.sends(pattern(70'000)); // its body comes later
    you.settles();
    if (!you.is_done() && you.count(Family::reading) < 1000) // who reads byte by byte would be long at this
        ann.sends(pattern(2 << 20));
    ann.expects_size(report);
    ann.expects_end();
    ann.closes();
    closes_once(you);
}

TEST(Robust, EndsItsStreamBeforeItReads)
{
    Learner you{
        {.rule = "your end stands behind your last byte: send it first, and then read.",
         .why = "A peer may send faster than you read, until it sees your end. Who takes away what is unread before that gets "
                "to its end only when the time is over, and then closes with bytes unread: RST.",
         .read = "man 2 shutdown; RFC 9293 section 3.6",
         .ask = "Q39, Q42, Q45"},
        {.idle_calls = 2000}};
    Peer ann = you.wire("ann");
    you.every(Family::reading).moves_at_most(1);
    you.nth(Family::reading, 1).pauses();
    ann.sends("?");
    you.run([&] { EXPECT_EQ("clean", closing(you.fd(), patient)); });
    you.settles();
    ann.sends(std::string(60, '.')); // whoever has begun to read always finds more
    you.resume();
    ann.expects_end();
    ann.closes();
    closes_once(you);
    int reads = 0;
    for (const CallRecord& c : you.calls())
        if (c.call == Call::shutdown || c.call == Call::close)
            break;
        else
            reads += family_of(c.call) == Family::reading && c.result > 0 ? 1 : 0;
    expects(reads < 20, "your end, while ann sends more and more",
            "you read " + std::to_string(reads) + " times first, and found something each time");
}

TEST(Robust, LeavesTheRestToTheKernel)
{
    Learner you{{.rule = "what is not sent yet when you close still goes out, and the end behind it.",
                 .why = "close() leaves that to the kernel. With SO_LINGER {1, 0} it throws it away, and sends RST.",
                 .read = "man 7 socket, SO_LINGER; RFC 9293 section 3.6.1",
                 .ask = "Q43, Q45"}};
    Peer ann = you.wire("ann", slow);
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("?");
    ann.finishes_writing(); // she has said all, and has read nothing yet
    you.settles();
    ann.expects_size(report);
    ann.expects_end();
    closes_once(you);
}

TEST(Robust, LeavesTheRestToTheKernelWhenTheTimeIsOver)
{
    constexpr Lesson lesson{
        .rule = "when the time is over, what is not sent yet still goes out, and the end behind it.",
        .why = "ann is slow, and did nothing wrong. A close() with SO_LINGER {1, 0}, or with a byte of hers unread, throws away "
               "what she has not got, and sends RST.",
        .read = "man 7 socket, SO_LINGER; RFC 9293 section 3.6.1",
        .ask = "Q43, Q45"};
    for (const int limit : {20, 0}) {
        Learner you{lesson, {.idle_calls = 0}}; // as in the tests of the limit
        Peer ann = you.wire("ann", slow);
        ann.sends("?"); // whoever looks at this byte and leaves it there sends RST, too
        you.run([&] {
            ASSERT_EQ(static_cast<ssize_t>(report), ::send(you.fd(), pattern(report).data(), report, MSG_NOSIGNAL));
            EXPECT_EQ("timed_out", closing(you.fd(), limit));
        });
        you.time_passes(20ms); // she has read nothing yet
        you.settles();
        ann.expects_size(report);
        ann.expects_end();
        closes_once(you);
        for (const CallRecord& c : you.calls()) // a limit that the kernel keeps by its own clock, after the close(), too
            expects(c.call != Call::setsockopt || c.args[0] != IPPROTO_TCP || c.args[1] != TCP_USER_TIMEOUT,
                    "what is not sent yet has all the time that it needs",
                    "setsockopt(TCP_USER_TIMEOUT): the kernel throws it away after " + std::to_string(c.args[2]) + " ms");
    }
}

TEST(Robust, ReadsAlsoWhatCameBeforeTheEnd)
{
    Learner you{{.rule = "the peer's end stands behind its last byte: read up to it.",
                 .why = "POLLRDHUP reports the FIN while bytes before it are unread. Closing now sends RST.",
                 .read = "man 2 poll, POLLRDHUP and POLLHUP; RFC 9293 section 3.6.1",
                 .ask = "Q40, Q45"}};
    Peer ann = you.wire("ann", slow);
    you.nth(Family::reading, 1).pauses();
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("a request with a body that nobody reads");
    ann.finishes_writing();
    you.resume();
    you.settles();
    ann.expects_size(report);
    ann.expects_end();
    closes_once(you);
}

TEST(Robust, TakesNeitherASignalNorEagainForTheEnd)
{
    Learner you{{.rule = "EINTR and EAGAIN end nothing, neither the stream nor the limit: sleep until there is more to read.",
                 .why = "A signal came, or nothing has come yet on this non-blocking socket.",
                 .read = "man 2 recv, EAGAIN; man 7 signal, \"Interruption of system calls...\"",
                 .ask = "Q33, Q55, Q88"}};
    you.first(Family::reading, 3).fails(EINTR);
    you.first(Family::waiting, 3).fails(EINTR);
    Peer ann = you.wire("ann", {.nonblocking = true});
    you.run([&] { EXPECT_EQ("clean", closing(you.fd(), patient)); });
    ann.sends("more");
    you.gets_signal(SIGUSR1);
    ann.expects_end();
    ann.closes();
    closes_once(you);
}

TEST(Hostile, TellsAReset)
{
    Learner you{{.rule = "a peer that resets is a result, not an exception.",
                 .why = "ECONNRESET is how recv() says it. Nobody made a mistake: a client has pressed stop.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("peer_reset", closing(you.fd(), patient)); });
    ann.expects_end();
    ann.resets();
    closes_once(you);
}

TEST(Hostile, TellsAResetThatWasReportedBefore)
{
    constexpr Lesson lesson{.rule = "a connection that was reset before you came is peer_reset as well.",
                            .why = "The send() before you was told. Now recv() gives 0, as after a clean end; shutdown() gives "
                                   "ENOTCONN.",
                            .read = "man 2 shutdown, ENOTCONN; man 7 socket, SO_ERROR",
                            .ask = "Q38, Q42"};
    for (const int limit : {patient, 0}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.nth(Family::writing, 1).pauses();
        you.run([&] {
            while (::send(you.fd(), "report", 6, MSG_NOSIGNAL) > 0) {
            }
            EXPECT_EQ("peer_reset", closing(you.fd(), limit));
        });
        ASSERT_TRUE(you.paused());
        ann.resets();
        you.resume();
        closes_once(you);
    }
}

TEST(Hostile, TellsAResetBehindTheEnd)
{
    Learner you{{.rule = "a connection that was reset is peer_reset, also when the peer had ended its stream before.",
                 .why = "Behind a FIN the kernel keeps the reset as EPIPE, and not as ECONNRESET. shutdown() gives ENOTCONN.",
                 .read = "man 2 shutdown, ENOTCONN; man 7 socket, SO_ERROR",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        wait_for_the_test();
        EXPECT_EQ("peer_reset", closing(you.fd(), patient));
    });
    ASSERT_TRUE(you.paused());
    ann.finishes_writing();
    ann.resets();
    you.settles(); // both have come
    you.resume();
    closes_once(you);
}
