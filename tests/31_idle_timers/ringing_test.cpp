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

TEST(Robust, IsSilentWhenNobodyIsLeft)
{
    Learner you{
        {.rule = "when the last connection is gone, the timer rings once in vain at most.",
         .why = "remove() may leave it as it is. But expire() must make it silent, also where there is nobody to look for.",
         .read = "man 2 timerfd_create, \"Operating on a timer file descriptor\"",
         .ask = "Q58"},
        hours};
    you.run([] {
        Loop loop{head_60s};
        loop.add(7);
        loop.add(8);
        loop.remove(7);
        loop.remove(8);
        loop.runs_until(1h);
        loop.add(9);
        loop.runs_until(2h);
        loop.expects_due("9 at 3630000 ms", 1);
    });
    you.finishes();
}

TEST(Robust, RingsForWhoIsDueAlready)
{
    Learner you{{.rule = "a connection that is due before the timer is set rings at once.",
                 .why =
                     "What is left is 0 then, or less: as a relative time 0 is off, and less is EINVAL. A point that is over is "
                     "neither. And where expire() reads the timer, it is silent until it is set again, whoever is next.",
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
        loop.expires("9", 35s);     // the very moment for which it rang
        loop.expects_ringing(false);
        loop.runs_until(1h);
        loop.expects_due("");
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
