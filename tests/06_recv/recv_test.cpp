#include "amounts.h"

#include <sys/socket.h>
#include <sys/time.h>

using namespace lab;
using namespace std::string_literals;

TEST(Works, FillsTheSpan)
{
    Learner you{{.rule = "recv_exactly fills the span: not a byte more is written, and not a byte more is taken.",
                 .why = "Two messages often come in one piece: what you take too much is lost for the next reader of the socket.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        expects_to_hear(you.fd(), ", world"); // the next reader
    });
    ann.sends("hello, world");
    you.finishes();
}

TEST(Works, PutsThePiecesTogether)
{
    Learner you{{.rule = "recv gives what is there: the rest needs another call, behind what you have, for what is missing.",
                 .why = "A stream has no messages: what was sent at once may come in pieces, cut anywhere.",
                 .read = "man 2 recv, DESCRIPTION; man 7 tcp, DESCRIPTION",
                 .ask = "Q34, Q36"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        EXPECT_EQ(", world", exactly(you.fd(), 7));
    });
    ann.dribbles("hel");
    ann.sends("lo, wo");
    ann.sends("rld");
    you.finishes();
}

TEST(Works, CountsWhatCameBeforeTheEnd)
{
    Learner you{{.rule = "recv() == 0 is the end: no error, and nothing to wait for. Say how much came before it.",
                 .why = "The peer has finished sending. Every further call gives 0 again, at once.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hel, the end after 3", exactly(you.fd(), 5));
        EXPECT_EQ(", the end after 0", exactly(you.fd(), 5));
    });
    ann.sends("hel");
    ann.finishes_writing();
    you.finishes();
}

TEST(Works, ReadsUntilTheEnd)
{
    Learner you{{.rule = "recv_until_eof gives every byte up to the end, and leaves the socket open for an answer.",
                 .why = "A short count or a pause means nothing: only 0 is the end, and it ends one direction only.",
                 .read = "man 2 recv, RETURN VALUE; man 2 shutdown, SHUT_WR",
                 .ask = "Q33, Q34, Q40"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("he\0llo\xff"s, until_eof(you.fd(), 1000));
        ::send(you.fd(), "thanks", 6, MSG_NOSIGNAL);
    });
    ann.dribbles("he\0"s);
    ann.sends("llo\xff"s);
    ann.finishes_writing();
    ann.expects("thanks");
    you.finishes();
}

TEST(Robust, WaitsForNothingWhenNothingIsWanted)
{
    Learner you{{.rule = "an empty span is full already: return 0, and ask the socket for nothing.",
                 .why = "recv of 0 bytes sleeps when nothing is there, and its 0 looks like the end of the stream.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q37"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("", exactly(you.fd(), 0)); });
    you.finishes();
}

TEST(Robust, SleepsUntilSomethingComes)
{
    Learner you{{.rule = "while you wait, you sleep until something comes: no CPU, no fixed pauses.",
                 .why = "A blocking recv sleeps, and wakes you when bytes come. A pause is too short, or too long.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q33, Q35"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        EXPECT_EQ("world", until_eof(you.fd(), 1000));
    });
    for (const char* piece : {"hel", "lo", "wor", "ld"}) {
        you.time_passes(237ms); // no pause ends just then
        ann.sends(piece);
    }
    ann.finishes_writing();
    you.finishes();
    constexpr int forgiven = 20; // in a second: who looks now and then is awake for no time at all
    expects(you.waits_in_vain() <= forgiven, "asleep until the next bytes come, which wake you",
            "woke up " + std::to_string(you.waits_in_vain()) + " times when nothing had come");
    expects(you.took() == 948ms, "awake at once when they come", std::to_string((you.took() - 948ms).count()) + " ms too late");
}

TEST(Robust, WaitsAsLongAsItTakes)
{
    constexpr Lesson lesson{
        .rule = "a peer may be silent for an hour: a time limit is the caller's to set, not yours.",
        .why = "Only an end, an error or enough bytes end the wait. Who wants a limit sets SO_RCVTIMEO: for each "
               "silence, not for the whole message. Fifty days of it are too many milliseconds for an int.",
        .read = "man 2 recv, DESCRIPTION; man 7 socket, SO_RCVTIMEO",
        .ask = "Q33, Q35"};
    for (const long limit : {0L, 5400L, 4'294'968L}) { // in seconds; the last one is 2^32 ms and a little
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.may_change("SO_RCVTIMEO"); // the test does
        you.run([&] {
            const timeval silence{limit, 0};
            ::setsockopt(you.fd(), SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
            EXPECT_EQ("hello", exactly(you.fd(), 5));
            EXPECT_EQ("world", until_eof(you.fd(), 1000));
        });
        for (const char* piece : {"he", "l", "lo", "wor", "ld"}) {
            ann.sends(piece);
            you.time_passes(1h);
        }
        if (limit == 0 && you.waits_in_vain() == 0) // it sleeps for good: or for INT_MAX milliseconds?
            you.time_passes(25 * 24h);
        ann.finishes_writing();
        you.finishes();
    }
}

TEST(Robust, TakesMoreThanTheKernelHolds)
{
    Learner you{{.rule = "a message may be larger than the receive buffer: take what is there, so that more can come.",
                 .why = "The kernel stops the sender while the buffer is full. Who waits until all is there waits for ever.",
                 .read = "man 2 recv, MSG_PEEK; man 7 socket, SO_RCVBUF",
                 .ask = "Q36"}};
    Peer ann = you.wire("ann", {.learner_receive_buffer = 4096});
    you.run([&] {
        EXPECT_EQ("40000 bytes, unchanged", exactly(you.fd(), 40'000));
        EXPECT_EQ("40000 bytes, unchanged", until_eof(you.fd(), 1 << 20));
    });
    ann.sends(pattern(40'000));
    ann.sends(pattern(40'000));
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, CarriesOnAfterASignal)
{
    Learner you{{.rule = "a signal changes nothing: keep what you have, and wait for the rest.",
                 .why = "recv ends with EINTR, or, with MSG_WAITALL and some bytes in hand, with those: fewer than asked for.",
                 .read = "man 2 recv, MSG_WAITALL and EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q35, Q88"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        EXPECT_EQ("world", until_eof(you.fd(), 1000));
    });
    for (const char* piece : {"hel", "lo", "wor", "ld"}) {
        ann.sends(piece);
        for (int i = 0; i < 12; ++i)
            you.gets_signal(SIGUSR1);
    }
    ann.finishes_writing();
    you.finishes();
}

TEST(Hostile, TellsAResetFromTheEnd)
{
    Learner you{{.rule = "a reset is not an end: what came may be half of it, so throw ECONNRESET.",
                 .why = "recv gives the bytes that had come, then ECONNRESET, once. After that it gives 0, as if all were well. "
                        "That you have all that you allow says nothing of the end.",
                 .read = "RFC 9293 section 3.5.3; man 2 recv, RETURN VALUE",
                 .ask = "Q38"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve"), dan = you.wire("dan");
    you.nth(Family::reading, 1).pauses(); // bytes of ann and dan and their resets are there before the first recv
    you.run([&] {
        EXPECT_EQ("threw ECONNRESET", exactly(you.fd(0), 5));
        EXPECT_EQ("threw ECONNRESET", until_eof(you.fd(1), 1000));
        EXPECT_EQ("threw ECONNRESET", until_eof(you.fd(2), 3));
        EXPECT_EQ("threw ECONNRESET", until_eof(you.fd(3), 1000));
    });
    for (Peer* peer : {&ann, &dan}) {
        peer->sends("hel");
        peer->resets();
    }
    you.resume();
    for (Peer* peer : {&bob, &eve}) {
        peer->sends("hel");
        peer->resets();
    }
    you.finishes();
}
