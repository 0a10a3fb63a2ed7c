// The sender's timer: when a block goes out again, and when no more.
#include "script.h"

using namespace lab;
using namespace script;

TEST(Robust, GivesUpAfterTheLastTry)
{
    Learner you{
        {.rule = "after the agreed number of tries it is over, and the caller is told: ETIMEDOUT.",
         .why = "A side that is gone never answers. Whoever tries for ever hangs, and whoever returns as if all were well loses "
                "the data in silence.",
         .read = "RFC 8085 section 3.1.1; man 3 errno, ETIMEDOUT",
         .ask = "Q99"},
        {.deadline = 1000ms, .idle_calls = limits.idle_calls}};
    UdpPeer bob = bob_of(you);
    you.run([fd = you.fd()] { expects_error(ETIMEDOUT, sends(fd, "hell", {.block = 8, .retransmit_ms = 5, .tries = 3})); });
    int copies = 0;
    while (copies < 10 && bob.receives("lost").came)
        ++copies;
    expects(copies == 3, "the block comes 3 times, and no more", "it came " + std::to_string(copies) + " times");
    you.finishes();
}

TEST(Robust, WaitsAlsoAfterTheLastTry)
{
    Learner you{{.rule = "the last try is a try: its acknowledgement is waited for like any other.",
                 .why = "A datagram that is sent and not waited for is one that need not be sent.",
                 .read = "RFC 8085 section 3.1.1",
                 .ask = "Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 1000, .tries = 1}));
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    you.finishes();
}

// Each of 8 blocks needs three tries or more: together that is more than one block may have.
TEST(Robust, CountsTheTriesOfEachBlock)
{
    Learner you{
        {.rule = "each block has all the tries: what the blocks before it needed does not count.",
         .why = "A wire that loses some datagrams loses more of a longer transfer. Only many losses of one block mean that the "
                "other side is gone.",
         .read = "RFC 8085 section 3.1.1",
         .ask = "Q99, Q103"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "seven l", {.block = 1, .retransmit_ms = 8, .tries = 14}));
    for (int block = 0; block < 8; ++block) {
        const char sequence = "01"[block % 2];
        for (int copies = 0; copies < 3;) {
            const UdpPeer::Datagram came = bob.receives(copies < 2 ? "lost" : "");
            ASSERT_TRUE(came.came) << "you gave up at block " << block;
            copies += kata::rdt_unpack(bytes(came.bytes)).sequence == sequence; // not a late copy of the block before
        }
        bob.sends(ack(sequence));
    }
    you.finishes();
}

TEST(Robust, ASignalDoesNotStartTheTimerAgain)
{
    Learner you{
        {.rule = "a wait that a signal ends goes on for what is left of it, not from the beginning.",
         .why = "A call that fails with EINTR has already used time. Each signal would give the lost block the whole time again, "
                "and a program with an interval timer would never send it.",
         .read = "man 7 signal, \"Interruption of system calls\"; man 2 poll, ERRORS",
         .ask = "Q88, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 200, .tries = 2}));
    bob.loses(data('0', "hell"));
    for (int i = 0; i < 3; ++i) {
        you.time_passes(60ms);
        you.gets_signal(SIGUSR1);
        bob.expects_silence();
    }
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    you.finishes();
    expects_time(you, 200ms);
}

TEST(Robust, WhatProvesNothingMovesNoTimer)
{
    Learner you{
        {.rule = "late and damaged answers make no wait longer or shorter.",
         .why = "A wait that begins again with each datagram is as long as the other side likes. Wait for what is left until one "
                "fixed moment.",
         .read = "man 2 poll; RFC 8085 section 3.3",
         .ask = "Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 200, .tries = 2}));
    bob.loses(data('0', "hell"));
    for (const std::string& nothing : {ack('1'), damaged(ack('0'), 2), data('0', "hm")}) {
        you.time_passes(60ms);
        bob.sends(nothing, "which proves nothing");
        bob.expects_silence();
    }
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    you.finishes();
    expects_time(you, 200ms);
}

TEST(Robust, KeepsItsTimeToTheMillisecond)
{
    for (const int wait : {1, 200, 3'600'000}) {
        Learner you{{.rule = "a try lasts retransmit_ms, not more and not less, and is one sleep.",
                     .why =
                         "Who looks every millisecond wakes the machine a thousand times a second. poll() sleeps until there is "
                         "a reason.",
                     .read = "man 2 poll; RFC 8085 section 3.1.1",
                     .ask = "Q99, Q103"},
                    patient};
        UdpPeer bob = bob_of(you);
        you.run(
            [=, fd = you.fd()] { expects_error(ETIMEDOUT, sends(fd, "hell", {.block = 8, .retransmit_ms = wait, .tries = 2})); });
        you.finishes();
        expects_time(you, 2 * std::chrono::milliseconds{wait});
        expects_sleeps(you, 2);
    }
}

// The first send() takes as long as two tries and more: a Unix socket whose other side has a full queue. What stands in the queue
// begins its time then, and nothing of it is made up for.
TEST(Robust, ASlowSendLeavesEachTryItsTime)
{
    Learner you{{.rule = "each try has retransmit_ms of its own, also when the one before was late.",
                 .why = "A send(2) that waits for room, or a process that was stopped, is late. Who counts the moments of all "
                        "tries from the first one then sends the next tries at once, one behind the other, and gives up while "
                        "the first is still on its way.",
                 .read = "RFC 8085 section 3.1.1; man 2 send, DESCRIPTION",
                 .ask = "Q99, Q103"},
                patient};
    UdpPeer bob = bob_of(you);
    you.nth(Family::writing, 1).is_delayed(450ms);
    you.run([fd = you.fd()] { expects_error(ETIMEDOUT, sends(fd, "hell", {.block = 8, .retransmit_ms = 200, .tries = 3})); });
    you.finishes();
    // Whether the time of the first try began before its send() or behind it: the other two have theirs.
    expects(you.took() >= 850ms, "450 ms for the first send(), and 200 ms for each try behind it",
            "all was over after " + std::to_string(you.took().count()) + " ms");
}

TEST(Robust, NobodySetsItsClock)
{
    Learner you{{.rule = "the time until the next try is counted by a clock that nobody sets.",
                 .why =
                     "Somebody sets the clock of the machine, by hand or NTP. A wait that is counted by it ends at once, or an "
                     "hour later.",
                 .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q58, Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 200, .tries = 2}));
    bob.loses(data('0', "hell"));
    you.wall_clock_is_set(1h);
    bob.sends(ack('1'), "which only wakes you");
    bob.expects_silence();
    you.wall_clock_is_set(-2h);
    bob.sends(ack('1'), "which only wakes you");
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    you.finishes();
    expects_time(you, 200ms);
}

// From its second call that reads on, they are all there already, and each takes a millisecond.
TEST(Hostile, AFloodOfOldAcksPostponesNothing)
{
    Learner you{{.rule = "the timer of a block runs from its sending, also while there is always something to be read.",
                 .why = "Who looks at the clock only when nothing is there to be read never looks at it during a flood.",
                 .read = "man 2 poll; RFC 8085 section 3.3",
                 .ask = "Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    you.nth(Family::reading, 2).pauses();
    you.every(Family::reading).is_delayed(1ms);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 10, .tries = 100}));
    bob.loses(data('0', "hell"));
    bob.sends(ack('1'), "late");
    bob.sends(ack('1'), "late");
    ASSERT_TRUE(you.paused()) << "you do not read what comes";
    for (int i = 0; i < 15; ++i) {
        bob.sends(ack('1'), "late");
        bob.sends(damaged(ack('0'), 2));
    }
    bob.sends(ack('0'));
    you.resume();
    bob.expects(data('0', "hell"));
    you.finishes();
}

TEST(Hostile, NobodyIsAtTheOtherPortYet)
{
    Learner you{{.rule = "ECONNREFUSED means that a datagram is lost, as so many: the next try may find somebody.",
                 .why =
                     "The other program is not started yet, or starts again. The kernel tells a connected socket so, out of any "
                     "call, for a datagram sent before.",
                 .read = "man 7 udp, \"Error handling\"",
                 .ask = "Q98, Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    you.nth(Family::writing, 1).fails(ECONNREFUSED);
    you.nth(Family::reading, 1).fails(ECONNREFUSED);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 10, .tries = 100}));
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    you.finishes();
}

TEST(Hostile, NobodyIsAtTheOtherPortAnyMore)
{
    Learner you{
        {.rule = "a refusal ends no wait: the tries are spread over time, and then it is ETIMEDOUT.",
         .why = "The refusal comes back at once. If each one starts the next try, all of them are over before the other program "
                "has had the time to start.",
         .read = "man 7 udp, \"Error handling\"; RFC 8085 section 3.1.1",
         .ask = "Q98, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    bob.closes();
    you.run([fd = you.fd()] { expects_error(ETIMEDOUT, sends(fd, "hell", {.block = 8, .retransmit_ms = 30, .tries = 3})); });
    you.finishes();
    expects_time(you, 90ms);
}
