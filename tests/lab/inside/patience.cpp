// Timed waits for another thread: no signal ends them, so they wait in slices of a millisecond of the machine's time, and look at
// the learner's clock after each.
#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"
#include "lab/inside/shim.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, pthread_cond_timedwait, pthread_cond_t*, pthread_mutex_t*, const timespec*)
LAB_REAL(int, pthread_cond_clockwait, pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*)
LAB_REAL(int, pthread_cond_signal, pthread_cond_t*)
LAB_REAL(int, pthread_cond_broadcast, pthread_cond_t*)
LAB_REAL(int, pthread_mutex_timedlock, pthread_mutex_t*, const timespec*)
LAB_REAL(int, pthread_mutex_clocklock, pthread_mutex_t*, clockid_t, const timespec*)
LAB_REAL(int, sem_timedwait, sem_t*, const timespec*)
LAB_REAL(int, sem_clockwait, sem_t*, clockid_t, const timespec*)
LAB_REAL(int, sigtimedwait, const sigset_t*, siginfo_t*, const timespec*)

namespace {

// `wait(until)` waits until that moment of the machine's `clock` at most, and returns an error; ETIMEDOUT says that it came.
template <class Wait>
int in_slices(clockid_t clock, const timespec* until, Wait wait)
{
    if (recording == nullptr || !is_valid(until))
        return wait(until);
    Doze doze{end_at(*until, clock), nullptr, is_wall(clock), false};
    for (;;) {
        const bool over = doze.is_over(); // the last look comes after the end
        const timespec slice = in_timespec(machine_time(clock) + (over ? 0 : std::min(doze.left(), millisecond)));
        const int error = wait(&slice);
        if (error != ETIMEDOUT || over)
            return error;
    }
}

// Which clock a condition variable was made for (pthread_condattr_setclock(3)): glibc keeps it there.
clockid_t clock_of(const pthread_cond_t* condition)
{
    return (condition->__data.__wrefs & 2u) != 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

// A notification that comes when a slice has just ended wakes nobody: but it was for this wait, which is not over yet. So the
// wait ends then, as it may at any time (pthread_cond_wait(3), spurious wakeups), and the caller looks at what it waits for.
std::atomic<unsigned> notifications{0};

template <class Wait>
int in_slices_until_notified(clockid_t clock, const timespec* until, Wait wait)
{
    return in_slices(clock, until, [&](const timespec* slice) {
        const unsigned before = notifications;
        const int error = wait(slice);
        return error == ETIMEDOUT && notifications != before ? 0 : error;
    });
}

template <class Wait> // for those that return -1 and an errno
int in_slices_with_errno(clockid_t clock, const timespec* until, Wait wait)
{
    const int error = in_slices(clock, until, [&](const timespec* slice) { return wait(slice) == 0 ? 0 : errno; });
    return error == 0 ? 0 : (errno = error, -1);
}

} // namespace

LAB_SHIM(int, pthread_cond_timedwait, (pthread_cond_t * condition, pthread_mutex_t* mutex, const timespec* until))
{
    return in_slices_until_notified(clock_of(condition), until, [=](const timespec* slice) {
        return real_pthread_cond_timedwait()(condition, mutex, slice);
    });
}

LAB_SHIM(int, pthread_cond_clockwait,
         (pthread_cond_t * condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* until))
{
    return in_slices_until_notified(
        clock, until, [=](const timespec* slice) { return real_pthread_cond_clockwait()(condition, mutex, clock, slice); });
}

LAB_SHIM(int, pthread_cond_signal, (pthread_cond_t * condition))
{
    ++notifications;
    return real_pthread_cond_signal()(condition);
}

LAB_SHIM(int, pthread_cond_broadcast, (pthread_cond_t * condition))
{
    ++notifications;
    return real_pthread_cond_broadcast()(condition);
}

LAB_SHIM(int, pthread_mutex_timedlock, (pthread_mutex_t * mutex, const timespec* until))
{
    return in_slices(CLOCK_REALTIME, until, [=](const timespec* slice) { return real_pthread_mutex_timedlock()(mutex, slice); });
}

LAB_SHIM(int, pthread_mutex_clocklock, (pthread_mutex_t * mutex, clockid_t clock, const timespec* until))
{
    return in_slices(clock, until, [=](const timespec* slice) { return real_pthread_mutex_clocklock()(mutex, clock, slice); });
}

LAB_SHIM(int, sem_timedwait, (sem_t * semaphore, const timespec* until))
{
    return in_slices_with_errno(CLOCK_REALTIME, until,
                                [=](const timespec* slice) { return real_sem_timedwait()(semaphore, slice); });
}

LAB_SHIM(int, sem_clockwait, (sem_t * semaphore, clockid_t clock, const timespec* until))
{
    return in_slices_with_errno(clock, until,
                                [=](const timespec* slice) { return real_sem_clockwait()(semaphore, clock, slice); });
}

LAB_SHIM(int, sigtimedwait, (const sigset_t* signals, siginfo_t* info, const timespec* limit))
{
    if (recording == nullptr)
        return real_sigtimedwait()(signals, info, limit);
    const sigset_t wanted = without_wake_signal(*signals);
    if (limit == nullptr || !is_valid(limit))
        return real_sigtimedwait()(&wanted, info, limit);
    Doze doze{end_in(limit), nullptr, false, false};
    for (;;) {
        const bool over = doze.is_over();
        const timespec slice{0, over ? 0 : std::min(doze.left(), millisecond)};
        const int signal = real_sigtimedwait()(&wanted, info, &slice);
        if (signal >= 0 || errno != EAGAIN || over)
            return signal;
    }
}

long lab::waits_for_futex(long a, long b, long c, long d, long e, long f)
{
    const long operation = b & FUTEX_CMD_MASK;
    const auto* time = reinterpret_cast<const timespec*>(d); // NOLINT(performance-no-int-to-ptr): futex(2) takes it so
    if (time == nullptr || (operation != FUTEX_WAIT && operation != FUTEX_WAIT_BITSET) || !is_valid(time))
        return kernel(SYS_futex, a, b, c, d, e, f);
    const clockid_t clock = (b & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    const timespec until = operation == FUTEX_WAIT ? in_timespec(end_in(time)) : *time; // only FUTEX_WAIT's is relative: futex(2)
    return in_slices_with_errno(operation == FUTEX_WAIT ? CLOCK_MONOTONIC : clock, &until, [=](const timespec* slice) {
        const long flags = operation == FUTEX_WAIT ? (b & ~long{FUTEX_CMD_MASK}) | FUTEX_WAIT_BITSET : b;
        const long bits = operation == FUTEX_WAIT ? long{-1} : f;
        return static_cast<int>(kernel(SYS_futex, a, flags, c, slice, e, bits));
    });
}
