// What will wake a sleeper by itself, and is seen in no call on a socket: timed waits for other threads, alarms, timers. They
// are not recorded; they only tell the supervisor that a learner who is asleep is not stuck.
#include "lab/inside/shim.h"

#include <pthread.h>
#include <semaphore.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, pthread_cond_timedwait, pthread_cond_t*, pthread_mutex_t*, const timespec*)
LAB_REAL(int, pthread_cond_clockwait, pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*)
LAB_REAL(int, pthread_mutex_timedlock, pthread_mutex_t*, const timespec*)
LAB_REAL(int, pthread_mutex_clocklock, pthread_mutex_t*, clockid_t, const timespec*)
LAB_REAL(int, sem_timedwait, sem_t*, const timespec*)
LAB_REAL(int, sem_clockwait, sem_t*, clockid_t, const timespec*)
LAB_REAL(unsigned, alarm, unsigned)
LAB_REAL(int, setitimer, __itimer_which_t, const itimerval*, itimerval*)
LAB_REAL(int, timerfd_settime, int, int, const itimerspec*, itimerspec*)

namespace {

// While it lives, a thread of the learner waits for no longer than it said.
struct TimedWait {
    TimedWait() : arena{recording}
    {
        if (arena != nullptr)
            arena->timed_waits.fetch_add(1);
    }
    TimedWait(const TimedWait&) = delete;
    TimedWait& operator=(const TimedWait&) = delete;
    ~TimedWait()
    {
        if (arena == nullptr)
            return;
        arena->timed_waits.fetch_sub(1);
        beat(*arena); // from now on it counts again
    }
    Arena* arena;
};

constexpr std::uint64_t in_ns(time_t seconds, long nanoseconds)
{
    return static_cast<std::uint64_t>(seconds) * 1'000'000'000u + static_cast<std::uint64_t>(nanoseconds);
}

// A timer that fires after `first` nanoseconds, and then again after each `next`; never, if both are 0.
void keeps_timer(std::size_t which, std::uint64_t first, std::uint64_t next)
{
    if (recording != nullptr)
        recording->timers[which] = next != 0 ? UINT64_MAX : first != 0 ? now_ns() + first : 0;
}

} // namespace

LAB_SHIM(int, pthread_cond_timedwait, (pthread_cond_t * condition, pthread_mutex_t* mutex, const timespec* until))
{
    const TimedWait wait;
    return real_pthread_cond_timedwait()(condition, mutex, until);
}

LAB_SHIM(int, pthread_cond_clockwait,
         (pthread_cond_t * condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* until))
{
    const TimedWait wait;
    return real_pthread_cond_clockwait()(condition, mutex, clock, until);
}

LAB_SHIM(int, pthread_mutex_timedlock, (pthread_mutex_t * mutex, const timespec* until))
{
    const TimedWait wait;
    return real_pthread_mutex_timedlock()(mutex, until);
}

LAB_SHIM(int, pthread_mutex_clocklock, (pthread_mutex_t * mutex, clockid_t clock, const timespec* until))
{
    const TimedWait wait;
    return real_pthread_mutex_clocklock()(mutex, clock, until);
}

LAB_SHIM(int, sem_timedwait, (sem_t * semaphore, const timespec* until))
{
    const TimedWait wait;
    return real_sem_timedwait()(semaphore, until);
}

LAB_SHIM(int, sem_clockwait, (sem_t * semaphore, clockid_t clock, const timespec* until))
{
    const TimedWait wait;
    return real_sem_clockwait()(semaphore, clock, until);
}

LAB_SHIM(unsigned, alarm, (unsigned seconds))
{
    keeps_timer(Arena::alarm_timer, in_ns(static_cast<time_t>(seconds), 0), 0);
    return real_alarm()(seconds);
}

LAB_SHIM(int, setitimer, (__itimer_which_t which, const itimerval* next, itimerval* last))
{
    const int result = real_setitimer()(which, next, last);
    if (result == 0 && which == ITIMER_REAL && next != nullptr)
        keeps_timer(Arena::alarm_timer, in_ns(next->it_value.tv_sec, next->it_value.tv_usec * 1000),
                    in_ns(next->it_interval.tv_sec, next->it_interval.tv_usec * 1000));
    return result;
}

LAB_SHIM(int, timerfd_settime, (int fd, int flags, const itimerspec* next, itimerspec* last))
{
    if (recording == nullptr)
        return real_timerfd_settime()(fd, flags, next, last);
    Recording call{Call::timerfd_settime, fd, flags,
                   next == nullptr ? 0 : next->it_value.tv_sec * 1000 + next->it_value.tv_nsec / 1'000'000};
    const int result = real_timerfd_settime()(fd, flags, next, last);
    itimerspec left{};
    if (result == 0 && ::timerfd_gettime(fd, &left) == 0) // relative, also where `next` is not
        keeps_timer(static_cast<std::size_t>(fd) % Arena::alarm_timer, in_ns(left.it_value.tv_sec, left.it_value.tv_nsec),
                    in_ns(left.it_interval.tv_sec, left.it_interval.tv_nsec));
    return static_cast<int>(call.done(result));
}
