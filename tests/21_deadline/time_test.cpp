// When it ends. The learner's time is scripted: a deadline of a hundred days costs nothing, and is met to the microsecond.
#include "reads.h"

#include <climits>
#include <csignal>

using namespace lab;

namespace {

constexpr std::chrono::seconds hundred_days = 100 * 24h;

} // namespace

TEST(Robust, TakesAnyDistance)
{
    Learner you{
        {.rule = "half a millisecond, an hour and a hundred days are all met: not before, and within a millisecond after.",
         .why = "Rounded down, what is left becomes 0: a busy loop, or too early. A hundred days are more milliseconds "
                "than an int has numbers, and a negative number means \"for ever\"; and a float knows only eighths of a second "
                "in 20 days.",
         .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
         .ask = "Q55, Q58"},
        {.own_time = 2 * hundred_days}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ(", timeout", until(you.fd(), 5, in(500us), "in half a millisecond"));
        EXPECT_EQ(", timeout", until(you.fd(), 5, in(1500us), "in a millisecond and a half"));
        EXPECT_EQ(", timeout", until(you.fd(), 5, 1h));
        EXPECT_EQ(", timeout", until(you.fd(), 5, in(20 * 24h + 80ms), "in 20 days and 80 ms"));
        EXPECT_EQ(", timeout", until(you.fd(), 5, in(INT_MAX * 1ms + 10ms), "in 24.8 days"));
        EXPECT_EQ(", timeout", until(you.fd(), 5, in(hundred_days), "in 100 days"));
    });
    you.finishes();
    expects(you.waits_in_vain() <= 20, "one sleep for a deadline, or one for each 24 days",
            std::to_string(you.waits_in_vain()) + " sleeps in six calls");
}

TEST(Robust, MayBeOverBetweenTwoLooks)
{
    Learner you{
        {.rule = "the deadline may come between any two lines of yours: between two looks at the clock, too.",
         .why =
             "Who asks once whether it is over, and then again how much is left, gets a negative time. To ppoll() that "
             "is EINVAL, to poll() it may be \"for ever\"; and 0 in SO_RCVTIMEO is no limit: half a microsecond, rounded down.",
         .read = "man 2 poll, timeout and EINVAL; man 7 socket, SO_RCVTIMEO",
         .ask = "Q55, Q58"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        for (int i = 0; i < 12; ++i)             // a look at the clock takes a microsecond of the scripted time
            for (const auto more : {0ns, 500ns}) // and half of one may be left
                EXPECT_EQ(", timeout",
                          until(you.fd(), 5, in(i * 1us + more), "in " + std::to_string((i * 1us + more).count()) + " ns"));
    });
    you.finishes();
}

TEST(Robust, HasNoLimitWhereTheCallerWantsNone)
{
    Learner you{{.rule = "Deadline::max() is no limit: wait for as long as it takes.",
                 .why = "max() + 1 ms is before the beginning of time, and max() in milliseconds, cut to an int, is any number.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q58"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true}), eve = you.wire("eve");
    you.run([&] {
        EXPECT_EQ("hello, ok", until(you.fd(0), 5, Deadline::max(), "no limit"));
        EXPECT_EQ("hello, ok", until(you.fd(1), 5, Deadline::max(), "no limit"));
        EXPECT_EQ("hello, ok", until(you.fd(2), 5, Deadline::max() - 1ns, "a nanosecond less"));
    });
    ann.sends("hel");
    you.time_passes(hundred_days);
    ASSERT_FALSE(you.is_done()) << "you gave up, or threw, though there was no limit";
    ann.sends("lo");
    bob.sends("hel");
    bob.sends("lo");
    eve.sends("hel");
    eve.sends("lo");
    you.finishes();
    expects(you.waits_in_vain() <= 10, "no sleep that ends without a reason: one for each 24 days at most",
            std::to_string(you.waits_in_vain()) + " sleeps after which nothing had come");
}

TEST(Robust, LooksOnceWhenItIsTooLate)
{
    Learner you{{.rule = "when the time is over before the call, one look still counts, and nothing is waited for.",
                 .why = "The bytes came in time; you are late. What is left is negative, and that means \"for ever\" to poll(), "
                        "as 0 does to SO_RCVTIMEO.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q55, Q58"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve"), dan = you.wire("dan");
    ann.sends("hello");
    bob.sends("hel");
    eve.sends("hel");
    eve.finishes_writing();
    dan.resets();
    you.run([&] {
        EXPECT_EQ("hello, ok", until(you.fd(0), 5, -1s));
        EXPECT_EQ("hel, timeout", until(you.fd(1), 5, -1s));
        EXPECT_EQ(", timeout", until(you.fd(1), 5, in(0s), "now"));
        EXPECT_EQ(", timeout", until(you.fd(1), 5, Deadline::min(), "since ever"));
        until(you.fd(2), 3, -1s);
        EXPECT_EQ(", eof", until(you.fd(2), 5, -1s));
        EXPECT_EQ(", reset", until(you.fd(3), 5, -1s));
    });
    you.finishes();
    expects(you.took() == 0ms, "no time passes", std::to_string(you.took().count()) + " ms passed");
}

TEST(Robust, TwoCallsShareOneDeadline)
{
    Learner you{{.rule = "a deadline is a point: what the header used up is not there for the body.",
                 .why = "A length of time begins anew with each call, a point does not.",
                 .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q56, Q58"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        const Deadline deadline = in(200ms);
        EXPECT_EQ("head", until(you.fd(), 4, deadline, "at D").substr(0, 4));
        EXPECT_EQ("body, ok", until(you.fd(), 4, deadline, "at D"));
        EXPECT_EQ("!, timeout", until(you.fd(), 4, deadline, "at D"));
    });
    you.time_passes(150ms);
    ann.sends("head");
    you.time_passes(49ms); // just in time
    ann.sends("body");
    ann.sends("!");
    you.finishes();
    expects(you.took() == 200ms || you.took() == 201ms, "all of it took 200 ms", std::to_string(you.took().count()) + " ms");
}

TEST(Robust, ASignalBuysNoTime)
{
    Learner you{
        {.rule = "a signal is neither an end nor an error, and the deadline stays where it is.",
         .why = "EINTR says that nothing came yet. With a timer that fires every 10 ms, a wait that begins anew never ends.",
         .read = "man 7 signal, \"Interruption of system calls\"; man 2 poll, EINTR",
         .ask = "Q58, Q88"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("hel, timeout", until(you.fd(), 5, 55ms)); });
    ann.sends("hel");
    for (int i = 0; i < 20 && !you.is_done(); ++i) {
        you.time_passes(10'350us); // what is left is no whole number of milliseconds
        you.gets_signal(SIGUSR1);
    }
    ASSERT_TRUE(you.is_done()) << "200 ms have passed, with a signal every 10 ms, and the deadline was at 55 ms";
    you.finishes();
}

TEST(Robust, NobodySetsThisClock)
{
    constexpr Lesson lesson{.rule = "the deadline is a point of the steady clock: measure what is left with that.",
                            .why = "The time of day is set forward and back: by NTP, by a person, in a virtual machine.",
                            .read = "man 2 clock_gettime, CLOCK_MONOTONIC and CLOCK_REALTIME",
                            .ask = "Q58"};
    for (const std::chrono::seconds ahead : {3600s, -3600s}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] { EXPECT_EQ("he, timeout", until(you.fd(), 5, 200ms)); });
        ann.sends("h");
        you.time_passes(50ms);
        you.wall_clock_is_set(ahead);
        ann.sends("e"); // so that you look at the clock
        you.finishes();
    }
}

TEST(Hostile, ADribbleBuysNoTime)
{
    Learner you{{.rule = "the deadline is for the whole call: a byte every 50 ms does not move it.",
                 .why = "SO_RCVTIMEO and the limit of poll() are for one call each. The peer that sends a byte before each of "
                        "them is over keeps you for ever: Slowloris.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 poll, timeout",
                 .ask = "Q55, Q56"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("...., timeout", until(you.fd(), 100, 220ms)); });
    for (int i = 0; i < 20 && !you.is_done(); ++i) {
        you.time_passes(50'700us);
        if (!you.is_done())
            ann.sends(".");
    }
    ASSERT_TRUE(you.is_done()) << "a second has passed, with a byte every 50 ms, and the deadline was at 220 ms";
    you.finishes();
}

TEST(Hostile, AFastPeerBuysNoTime)
{
    Learner you{{.rule = "ask the clock after each read: a peer that always has a byte ready is late, too.",
                 .why = "Who looks at the clock only when nothing is there, or when it waits, never sees the deadline pass.",
                 .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q56, Q58"}};
    Peer ann = you.wire("ann");
    ann.sends(std::string(40, '.'));
    you.every(Family::reading).moves_at_most(1);
    you.every(Family::reading).is_delayed(5ms);
    you.run([&] {
        const std::string came = until(you.fd(), 40, in(18ms), "in 18 ms", 10ms);
        expects(came == "...., timeout" || came == "....., timeout",
                "4 or 5 bytes and a timeout, with 5 ms for each call of recv()", '"' + came + '"');
        EXPECT_EQ("., timeout", until(you.fd(), 30, in(-1s), "a second ago", 10ms)) << "one look, and each takes one byte";
    });
    you.finishes();
}
