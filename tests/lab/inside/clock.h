#pragma once

#include "lab/inside/recorder.h"

#include <csignal>
#include <ctime>
#include <poll.h>

// The learner's clock as its process uses it (flight/clock.h says what it is). For the shims.
namespace lab {

constexpr std::int64_t second = 1'000'000'000, millisecond = 1'000'000;

constexpr std::int64_t in_ns(const timespec& t) { return t.tv_sec > never / second - 1 ? never : t.tv_sec * second + t.tv_nsec; }
constexpr timespec in_timespec(std::int64_t ns) { return {static_cast<time_t>(ns / second), static_cast<long>(ns % second)}; }
constexpr bool is_valid(const timespec* t) { return t == nullptr || (t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < second); }

bool is_wall(clockid_t clock);              // CLOCK_REALTIME and its kin
bool follows(clockid_t clock);              // the learner's clock stands for it; the clocks of CPU time are the kernel's
std::int64_t end_in(std::int64_t ns);       // that long from now
std::int64_t end_in(const timespec* limit); // null: never
std::int64_t end_at(const timespec& time, clockid_t clock); // that moment of that clock, in CLOCK_MONOTONIC
// The machine took so long for a call. Who waits in another thread, and not so long, comes first, also who is on the way to that.
void passes(std::int64_t ns);

// The signal that ends a wait. It is blocked in all threads of the learner but inside those waits, and hidden from it.
int wake_signal();
void prepare_to_wake(Clock& clock);
Clock* clock_of_this_process(); // also when the recorder is off; null in the test's own process
sigset_t without_wake_signal(const sigset_t& signals);

std::int64_t machine_time(clockid_t clock); // what the kernel's clock says
// ppoll(2) itself.
int real_wait(pollfd* fds, nfds_t n, const timespec* limit, const sigset_t* mask);
int waits_for_a_signal(const sigset_t* mask); // and for nothing else: -1, EINTR

// While it lives, this thread is in a wait that ends at `end` of the learner's clock.
class Doze {
public:
    // `asked`: the signals that the learner blocks for this wait (ppoll(2)); null: those that it blocks anyway.
    explicit Doze(std::int64_t end, const sigset_t* asked = nullptr, bool on_wall = false, bool by_signal = true);
    Doze(const Doze&) = delete;
    Doze& operator=(const Doze&) = delete;
    ~Doze();

    bool is_over() const;
    std::int64_t left() const; // 0 when it is over

    // The real wait: `sleep(mask)` waits for as long as it takes, with these signals blocked, and is called again after the lab's
    // own signal; `look()` is the last look, when the time is over.
    template <class Look, class Sleep>
    auto sleeps(Look look, Sleep sleep)
    {
        for (;;) {
            begins_anew();
            if (is_over())
                return look();
            const auto result = sleep(&mask_);
            if (result >= 0 || !was_the_lab())
                return result;
        }
    }
    // Until poll(2) says something about `fd`: what it says; 0 with errno EAGAIN when the time is over, EINTR after a signal.
    short awaits(int fd, short events);

private:
    void begins_anew();
    static bool was_the_lab();

    Clock& clock_; // also where the recorder has been turned off meanwhile: a thread that outlives the learner's function
    Sleeper& sleeper_;
    sigset_t mask_;
};

// The call falls asleep on its blocking socket. Without a limit the real call does the waiting, and this returns true at once;
// with SO_RCVTIMEO or SO_SNDTIMEO this waits until poll(2) says something; false, with errno, when that did not come.
bool sleeps_on(Recording& call, int timeout_option, short events);

// Shows the timerfds that are due to poll(2).
void shows_timers();
void forgets_timer(int fd);

// The timed waits of futex(2) that libstdc++ makes for futures, semaphores and atomics.
long waits_for_futex(long a, long operation, long c, long time, long e, long bits);

} // namespace lab
