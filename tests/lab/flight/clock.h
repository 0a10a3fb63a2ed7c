#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

// The learner's clock, which both processes share. It does not run by itself: each reading moves it by one tick, and when
// everybody sleeps the parent lets it jump to the next end of a wait (watch/jump.cpp). So an hour costs no time, a run takes the
// same time on each machine, and who asks the clock again and again still gets on. All times are nanoseconds.
namespace lab {

constexpr std::int64_t never = INT64_MAX;
constexpr std::int64_t tick = 1000;
// Each run begins at the same moment, 10 ms before a full second, and 306 ms before the milliseconds since boot no longer fit in
// 32 bits: who forgets to carry, or counts in an int, is wrong each time.
constexpr std::int64_t first_moment = 4'294'966'990'000'000;

// A thread of the learner that is in a wait which the clock can end.
struct Sleeper {
    std::atomic<int> thread; // 0: nobody
    std::atomic<int> process;
    std::atomic<std::int64_t> end; // in CLOCK_MONOTONIC; never: only a timerfd can end it
    std::atomic<bool> on_wall;     // the learner gave the end in CLOCK_REALTIME: it moves when that clock is set
    std::atomic<bool> by_signal;   // the wake-up signal ends it; else it looks at the clock by itself, again and again
    std::atomic<bool> woken;       // the parent has sent that signal, and it was not seen yet
};

// A timerfd of the learner, or its alarm.
struct Timer {
    std::atomic<bool> exists, on_wall;
    std::atomic<int> fd;
    std::atomic<std::int64_t> due; // the first expiry that was not read yet; 0: disarmed
    std::atomic<std::int64_t> interval;
    std::atomic<bool> shown; // the kernel's timer has fired, so that poll(2) sees it
};

struct Clock {
    static constexpr std::size_t max_sleepers = 256, alarm = 64; // timerfds have the places below

    std::atomic<std::int64_t> now;          // CLOCK_MONOTONIC
    std::atomic<std::int64_t> wall;         // CLOCK_REALTIME is ahead of it by this much
    std::atomic<std::int64_t> began, ended; // when the learner's function was called, and when it was over
    std::atomic<std::size_t> sleepers_used; // none above
    Sleeper sleepers[max_sleepers];
    Timer timers[alarm + 1];

    // The moment of an event: the next nanosecond.
    std::int64_t stamp() { return now.fetch_add(1) + 1; }
    void moves_to(std::int64_t time) // never back
    {
        for (std::int64_t seen = now; seen < time && !now.compare_exchange_weak(seen, time);) {
        }
    }
    // The next moment at which something ends, `never` when nothing will. What is due already is not waited for.
    std::int64_t next_end() const
    {
        const std::int64_t from = now;
        std::int64_t next = never;
        for (std::size_t i = 0; i < sleepers_used; ++i)
            if (const std::int64_t end = sleepers[i].end; sleepers[i].thread != 0 && end > from && end < next)
                next = end;
        for (const Timer& timer : timers)
            if (const std::int64_t due = timer.due; due > from && due < next)
                next = due;
        return next;
    }
};

} // namespace lab
