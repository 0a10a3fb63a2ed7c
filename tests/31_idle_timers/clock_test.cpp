// Which moments count.
#include "loop.h"

#include <sys/timerfd.h>

using namespace idle;

namespace {

// Whether a timer on CLOCK_BOOTTIME was set to a moment. The lab cannot suspend the machine.
bool counts_while_suspended(const std::vector<CallRecord>& calls)
{
    std::vector<long> timers;
    for (const CallRecord& call : calls)
        if (call.call == Call::timerfd_create && call.args[0] == CLOCK_BOOTTIME)
            timers.push_back(call.result);
    return std::any_of(calls.begin(), calls.end(), [&](const CallRecord& call) {
        return call.call == Call::timerfd_settime && (call.args[0] & TFD_TIMER_ABSTIME) != 0 &&
               std::count(timers.begin(), timers.end(), call.fd) > 0;
    });
}

} // namespace

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
    EXPECT_FALSE(counts_while_suspended(you.calls()))
        << "a moment of steady_clock is none of CLOCK_BOOTTIME: that goes on while the machine is suspended";
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

TEST(Robust, GoesOnAfterFiftyDays)
{
    Learner you{{.rule = "who comes after 25 or 50 days of the same timers is due when its own limit is over, and not before.",
                 .why = "2^31 milliseconds are 24.8 days, and 2^32 are 49.7. A count in 32 bits begins again there: each moment "
                        "lies in the past then, and the timer rings without end. Servers run longer.",
                 .read = "man 2 timerfd_create, TFD_TIMER_ABSTIME",
                 .ask = "Q58"},
                {.own_time = std::chrono::hours{3000}}};
    you.run([] {
        Loop loop{{30'000, 60'000}};
        loop.add(7);
        loop.runs_until(std::chrono::hours{500}); // poll() takes an int of milliseconds
        loop.runs_until(std::chrono::hours{600});
        loop.add(8);
        loop.runs_until(std::chrono::hours{1000});
        loop.runs_until(std::chrono::hours{1200});
        loop.add(9);
        loop.touch(9, std::chrono::hours{1200} + 20s);
        loop.runs_until(std::chrono::hours{1201});
        loop.expects_due("7 at 30000 ms, 8 at 2160030000 ms, 9 at 4320050000 ms", 1);
    });
    you.finishes();
}
