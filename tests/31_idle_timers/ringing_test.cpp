// When the timer rings, and when it is silent.
#include "loop.h"

using namespace idle;

TEST(Robust, IsSilentAfterItWasHeard)
{
    Learner you{{.rule = "after expire() the timer is silent until the next connection is due.",
                 .why = "A timer that has rung stays readable until it is read or set: poll() returns at once, for ever.",
                 .read = "man 2 timerfd_create, \"Operating on a timer file descriptor\"",
                 .ask = "Q58"},
                hours};
    you.run([] {
        Loop loop{idle_30s};
        loop.add(7);
        loop.runs_until(10s);
        loop.add(8);
        loop.expects_ringing(false);
        loop.runs_until(30s + 1ms);
        loop.expects_ringing(false);
        loop.runs_until(40s + 1ms);
        loop.expects_ringing(false);
        loop.expects_due("7 at 30000 ms, 8 at 40000 ms");
    });
    you.finishes();
}

TEST(Robust, RingsForWhoIsDueAlready)
{
    Learner you{{.rule = "a connection that is due before the timer is set rings at once.",
                 .why =
                     "What is left is 0 then, or less: as a relative time 0 is off, and less is EINVAL. A point that is over is "
                     "neither.",
                 .read = "man 2 timerfd_create, TFD_TIMER_ABSTIME and EINVAL",
                 .ask = "Q58"},
                hours};
    you.run([] {
        Loop loop{{30'000, 60'000}};
        loop.add(7, -40s); // the turn of the loop took long
        loop.expects_ringing(true);
        loop.expires("nobody", -11s); // asked for a moment that is over: not yet
        loop.add(8, -10s);
        loop.expects_ringing(true);
        loop.expires("7", 0s);
        loop.add(9, 5s);
        wait_for_the_test(); // for 36 s
        loop.expires("8", 21s);
        loop.expects_ringing(true); // 9 is due since 35 s
        loop.runs_until(1h);
        loop.expects_due("9 at 36000 ms");
    });
    ASSERT_TRUE(you.paused());
    you.time_passes(36s);
    you.resume();
    you.finishes();
}

TEST(Robust, RingsForAHeadBeforeTheOthers)
{
    Learner you{
        {.rule = "a connection that is due before all others sets the timer forward.",
         .why = "The limits differ: who came last may be the first. A timer that is set only when it is off rings too late.",
         .read = "man 2 timerfd_create, timerfd_settime()",
         .ask = "Q56, Q58"},
        hours};
    you.run([] {
        Loop loop{{30'000, 5'000}};
        loop.add(7);
        loop.got_head(7);
        loop.runs_until(20s);
        loop.add(8);
        loop.runs_until(1h);
        loop.expects_due("8 at 25000 ms, 7 at 30000 ms", 1);
    });
    you.finishes();
}

TEST(Robust, RingsInVainOnlyOnce)
{
    Learner you{{.rule = "a timer that rang in vain is set to the next moment that counts, not to a tick.",
                 .why = "touch() may leave it as it is: then it rings once for a moment that has moved. Looks at fixed intervals "
                        "are late, and cost the most when nobody is there.",
                 .read = "man 2 timerfd_create, it_interval",
                 .ask = "Q58"},
                hours};
    you.run([] {
        Loop loop{head_60s};
        for (int fd = 7; fd < 10; ++fd)
            loop.add(fd, 0s);
        loop.runs_until(29s);
        for (int fd = 7; fd < 10; ++fd)
            loop.touch(fd, 29s);
        loop.got_head(7);
        loop.runs_until(1h);
        loop.expects_due("7 and 8 and 9 at 59000 ms", 1);
    });
    you.finishes();
}

TEST(Robust, CountsFromTheMomentThatItIsTold)
{
    Learner you{{.rule = "the limits count from `now`, and not from the moment of the call.",
                 .why = "Work lies between the two. A limit that is set from the call drifts by that, at each touch.",
                 .read = "man 2 timerfd_create, TFD_TIMER_ABSTIME",
                 .ask = "Q58"},
                hours};
    you.run([] {
        Loop loop{head_60s};
        loop.runs_until(5s); // so long the turn of the loop takes
        loop.add(7, 0s);
        loop.add(8, 2s);
        loop.runs_until(25s);
        loop.touch(8, 20s);
        loop.runs_until(1h);
        loop.expects_due("7 at 30000 ms, 8 at 50000 ms", 2);
    });
    you.finishes();
}

TEST(Robust, NobodySetsThisClock)
{
    Learner you{
        {.rule = "nobody who sets the wall clock moves a limit.",
         .why = "steady_clock is CLOCK_MONOTONIC. A timer on CLOCK_REALTIME means other moments, and is set with that clock.",
         .read = "man 2 timerfd_create, CLOCK_REALTIME and CLOCK_MONOTONIC",
         .ask = "Q58"},
        hours};
    you.run([] {
        Loop loop{idle_30s};
        loop.add(7);
        loop.runs_until(20s);
        loop.add(8);
        loop.runs_until(1h);
        loop.expects_due("7 at 30000 ms, 8 at 50000 ms");
    });
    you.time_passes(10s);
    you.wall_clock_is_set(-1h);
    you.time_passes(15s);
    you.wall_clock_is_set(5h);
    you.finishes();
}

TEST(Robust, KnowsLongAndShortLimits)
{
    Learner you{
        {.rule = "a limit may be a millisecond, 20 days, or nothing.",
         .why = "20 days in nanoseconds, or in microseconds, are more than an int holds. tv_nsec holds less than a second.",
         .read = "man 2 timerfd_create, EINVAL; man 3 timespec",
         .ask = "Q58"},
        {.own_time = std::chrono::hours{3000}}};
    you.run([] {
        const auto due_with = [](int idle_ms, int head_ms, const char* due) {
            Loop loop{{idle_ms, head_ms}};
            loop.add(7);
            loop.runs_until(std::chrono::hours{500});
            loop.expects_due(due);
        };
        due_with(1'728'000'000, 1'728'000'001, "7 at 1728000000 ms");
        due_with(1'728'000'001, 1'728'000'000, "7 at 1728000000 ms");
        due_with(1, 2'000'000'000, "7 at 1 ms");
        due_with(0, 1000, "7 at 0 ms");
        due_with(999, 0, "7 at 0 ms");
    });
    you.finishes();
}
