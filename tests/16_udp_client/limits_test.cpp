// How long it waits: each try its own time, to the millisecond, whatever comes meanwhile. The learner's time is scripted.
#include "asks.h"

#include <climits>
#include <csignal>

using namespace lab;

namespace {

void waits_in_vain_twice(Client& client) { EXPECT_EQ("(no answer)", ask(client, "ping", short_try, 2)); }

void expects_took(const Learner& you, std::chrono::milliseconds time, const std::string& words)
{
    expects(you.took() == time, words, "it gave up after " + std::to_string(you.took().count()) + " ms");
}

} // namespace

TEST(Robust, GivesUpWhenAllTriesHavePassed)
{
    Learner you{{.rule = "three tries are three datagrams, each with its own time, the last one too; then nothing is the answer.",
                 .why = "Silence is daily life for UDP. When the time limit of a call ends (EAGAIN), a try has ended: no error.",
                 .read = "RFC 8085 section 3.1.1; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, [](Client& client) { EXPECT_EQ("(no answer)", ask(client, "ping", short_try, 3)); });
    bob.receives("lost");
    you.time_passes(24ms);
    bob.expects_silence();
    you.time_passes(2ms); // 26
    bob.receives("lost");
    you.time_passes(23ms); // 49
    bob.expects_silence();
    you.finishes();
    int more = 0;
    while (bob.waiting() > 0 && bob.receives("lost").came)
        ++more;
    EXPECT_EQ(3, 2 + more) << "requests that bob got";
    expects_took(you, 75ms, "it waits for 3 tries of 25 ms");
}

TEST(Robust, TakesAnyTime)
{
    Learner you{
        {.rule = "a try may have any number of milliseconds that an int can count, and there may be as many tries.",
         .why = "24 days are more microseconds than an int has numbers. Multiply in 64 bits, or let <chrono> do it. And 65536 "
                "tries are none in 16 bits.",
         .read = "man 2 poll, DESCRIPTION; man 7 socket, SO_RCVTIMEO",
         .ask = "Q99"},
        {.own_time = 25 * 24h}};
    UdpPeer bob = asked_by(you, [](Client& client) {
        EXPECT_EQ("(no answer)", ask(client, "ping", INT_MAX, 1));
        EXPECT_EQ("pong", ask(client, "ping", INT_MAX, 2)); // no product of the two
        EXPECT_EQ("pong", ask(client, "ping", a_minute, 65536));
        EXPECT_EQ("pong", ask(client, "ping", a_minute, INT_MAX));
    });
    bob.receives();
    for (int i = 0; i < 3; ++i)
        bob.sends(id_of(bob.receives()) + "pong"); // the questions after the first
    you.finishes();
    expects_took(you, std::chrono::milliseconds{INT_MAX}, "it waits for INT_MAX ms");
}

TEST(Robust, IsAsleepUntilTheLastMillisecondIsOver)
{
    Learner you{{.rule = "a part of a millisecond is time, too: it is neither skipped, nor spent in a loop, nor endless.",
                 .why = "Rounded down, the half millisecond that is left is 0: for poll() \"do not wait\", for SO_RCVTIMEO \"for "
                        "ever\".",
                 .read = "man 2 poll, DESCRIPTION; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, waits_in_vain_twice);
    bob.receives("lost");
    you.time_passes(24'500us);
    bob.sends("junk");
    bob.expects_silence();
    you.finishes();
    expects_took(you, 50ms, "it waits for 2 tries of 25 ms");
}

TEST(Robust, ItsLastMicrosecondIsNotEndless)
{
    constexpr Lesson lesson{
        .rule =
            "when less than a microsecond of a try is left, it ends, as any other: nothing waits for ever, and nothing fails.",
        .why =
            "Rounded down, that rest is 0 microseconds: for SO_RCVTIMEO \"for ever\". And between two looks at the clock it can "
            "become less than nothing, which ppoll() refuses with EINVAL.",
        .read = "man 7 socket, SO_RCVTIMEO; man 2 ppoll, EINVAL",
        .ask = "Q99"};
    for (int before = 1; before <= 5 && !HasFailure(); ++before) { // each reading of the clock takes a microsecond
        Learner you{lesson};
        you.nth(Family::reading, 1).is_delayed(25ms - std::chrono::microseconds{before});
        UdpPeer bob = asked_by(you, waits_in_vain_twice);
        bob.receives("lost");
        bob.sends("junk");
        bob.receives("lost");
        you.finishes();
    }
}

TEST(Robust, CountsFromTheSendOfEachTry)
{
    Learner you{
        {.rule = "a try has its time from when it was sent: what the send itself took is not the server's.",
         .why = "send() may sleep while the socket's buffer is full. A plan that was made before takes that from the answer.",
         .read = "man 2 send, DESCRIPTION; RFC 8085 section 3.1.1",
         .ask = "Q99"}};
    you.every(Family::writing).is_delayed(10ms);
    UdpPeer bob = asked_by(you, waits_in_vain_twice);
    you.finishes();
    expects_took(you, 70ms, "it sends for 10 ms and waits for 25 ms, twice");
}

TEST(Robust, ASignalIsNoAnswer)
{
    Learner you{
        {.rule = "a signal is no error, no try, no reason to send again, and no more time: wait for the rest of it.",
         .why = "EINTR says that nothing came yet, or that nothing was sent yet. If each signal starts the time limit anew, a "
                "timer makes it endless.",
         .read = "man 7 signal, \"Interruption of system calls\"",
         .ask = "Q29, Q99"}};
    for (const std::uint32_t again : {2u, 3u})
        you.nth(Family::writing, again).fails(EINTR); // the first of two tries
    UdpPeer bob = asked_by(you, [](Client& client) {
        pings_once(client);
        waits_in_vain_twice(client);
    });
    const UdpPeer::Datagram request = bob.receives();
    you.gets_signal(SIGUSR1);
    bob.expects_silence();
    bob.sends(id_of(request) + "pong");
    for (int i = 0; i < 20 && !you.is_done(); ++i) {
        you.time_passes(5ms);
        you.gets_signal(SIGUSR1);
    }
    you.finishes();
    expects_took(you, 50ms, "it waits for 2 tries of 25 ms, with a signal every 5 ms");
}

TEST(Robust, WaitsOnAfterAnyNumberOfSignals)
{
    Learner you{{.rule = "however often signals end a call, the try goes on, and that costs no memory.",
                 .why =
                     "A timer of the process may tick a thousand times in a second. Who goes on by calling itself has one more "
                     "frame on the stack for each tick, and dies when it is full.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q29, Q99"},
                {.deadline = 30s, .cpu = 10s, .stack_kib = 1024, .idle_calls = 0}};
    you.first(Family::waiting, 12000).fails(EINTR);
    you.first(Family::reading, 6000).fails(EINTR);
    UdpPeer bob = asked_by(you, pings_once);
    bob.sends(id_of(bob.receives()) + "pong");
    you.finishes();
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the caller has blocked waits until he wants it: your sleep does not let it in.",
                 .why = "ppoll() and pselect() sleep with the mask that they are given. An empty one opens what was closed, and "
                        "here SIGTERM ends the process in the middle of the wait.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q88, Q99"}};
    const UdpPeer bob = asked_by(you, [](Client& client) { while_a_signal_is_blocked([&] { waits_in_vain_twice(client); }); });
    you.finishes();
}

TEST(Robust, TheClockOnTheWallDoesNotMatter)
{
    constexpr Lesson lesson{.rule = "a wait is measured with a clock that nobody sets.",
                            .why = "The time of day is set forward and back: by NTP, by a person, in a virtual machine.",
                            .read = "man 2 clock_gettime, CLOCK_MONOTONIC and CLOCK_REALTIME",
                            .ask = "Q99"};
    for (const std::chrono::seconds ahead : {3600s, -3600s}) {
        Learner you{lesson};
        UdpPeer bob = asked_by(you, waits_in_vain_twice);
        bob.receives("lost");
        you.time_passes(5ms);
        you.wall_clock_is_set(ahead);
        bob.sends("junk"); // so that you look at the clock
        you.finishes();
        expects_took(you, 50ms, "it waits for 2 tries of 25 ms");
    }
}

TEST(Hostile, AFloodBuysNoTime)
{
    Learner you{{.rule = "each try ends at its point in time, however much junk has come by then.",
                 .why = "A call's limit begins anew with each datagram; who empties the queue first never sees the clock.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 poll, DESCRIPTION",
                 .ask = "Q99"}};
    you.every(Family::reading).is_delayed(5ms);
    you.nth(Family::writing, 2).pauses();
    UdpPeer bob = asked_by(you, [](Client& client) {
        pings_once(client);
        waits_in_vain_twice(client);
    });
    bob.sends(id_of(bob.receives()) + "pong");
    ASSERT_TRUE(you.paused()) << "you never sent a second request";
    for (int i = 0; i < 60; ++i)
        bob.sends("junk");
    you.resume();
    you.finishes();
    expects(you.count(Family::reading) <= 30, "a dozen calls to read, of 5 ms each, in two tries of 25 ms",
            std::to_string(you.count(Family::reading)));
}

TEST(Hostile, ATrickleBuysNoTime)
{
    Learner you{{.rule = "whatever comes, the rest of the time is what it was; and nothing is sent before it is over.",
                 .why = "Whoever starts the clock again for each datagram can be kept for ever, by one every second.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 poll, DESCRIPTION",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, waits_in_vain_twice);
    bob.receives("lost");
    for (int i = 0; i < 20 && !you.is_done(); ++i) {
        you.time_passes(5ms);
        bob.sends("junk");
    }
    you.finishes();
    expects_took(you, 50ms, "it waits for 2 tries of 25 ms, with a datagram every 5 ms");
}
