// Timers that ring by the learner's clock: alarm(2), setitimer(2), timerfd_create(2). The kernel's own are not armed. At the
// moment when one is due, the parent sends SIGALRM, or wakes a sleeper, who lets the timerfd fire so that poll(2) and epoll(7)
// see it.
#include "lab/inside/timers.h"

#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"
#include "lab/inside/shim.h"

#include <cerrno>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(unsigned, alarm, unsigned)
LAB_REAL(int, setitimer, __itimer_which_t, const itimerval*, itimerval*)
LAB_REAL(int, getitimer, __itimer_which_t, itimerval*)
LAB_REAL(int, timerfd_create, int, int)
LAB_REAL(int, timerfd_settime, int, int, const itimerspec*, itimerspec*)
LAB_REAL(int, timerfd_gettime, int, itimerspec*)

namespace lab {

namespace {

// A test may let the numbers begin above 1023. Two that share a place: the second runs on the kernel's own time.
Timer& place_for(int fd) { return recording->clock.timers[static_cast<std::size_t>(fd) % Clock::alarm]; }

Timer* timer_of(int fd)
{
    if (recording == nullptr || fd < 0)
        return nullptr;
    Timer& timer = place_for(fd);
    return timer.exists && timer.fd == fd ? &timer : nullptr;
}

Timer& the_alarm() { return clock_of_this_process()->timers[Clock::alarm]; }

// How often it has expired since it was read, or armed.
std::int64_t expirations(const Timer& timer)
{
    const std::int64_t now = clock_of_this_process()->now, due = timer.due;
    if (due == 0 || now < due)
        return 0;
    return timer.interval == 0 ? 1 : 1 + (now - due) / timer.interval;
}

std::int64_t left(const Timer& timer) // until the next expiry; 0: it is disarmed
{
    const std::int64_t now = clock_of_this_process()->now, due = timer.due;
    if (due == 0 || (now >= due && timer.interval == 0))
        return 0;
    return (now < due ? due : due + expirations(timer) * timer.interval) - now;
}

void arm(Timer& timer, std::int64_t end, std::int64_t interval)
{
    timer.due = 0;
    timer.shown = false;
    timer.interval = interval;
    timer.due = end;
}

constexpr std::int64_t in_ns(const timeval& t) { return t.tv_sec * second + t.tv_usec * 1000; }
constexpr timeval in_timeval(std::int64_t ns) { return {ns / second, ns % second / 1000}; }

void show(int fd)
{
    const itimerspec at_once{{0, 0}, {0, 1}};
    real_timerfd_settime()(fd, 0, &at_once, nullptr);
    pollfd p{fd, POLLIN, 0};
    kernel(SYS_poll, &p, 1, 100); // until it has fired: who looks next must see it
}

void hide(int fd)
{
    const itimerspec off{};
    real_timerfd_settime()(fd, 0, &off, nullptr);
}

} // namespace

bool is_timer(int fd) { return timer_of(fd) != nullptr; }

void shows_timers()
{
    if (recording == nullptr)
        return;
    Clock& clock = recording->clock;
    for (std::size_t i = 0; i < Clock::alarm; ++i)
        if (Timer& timer = clock.timers[i]; timer.due != 0 && timer.due <= clock.now && !timer.shown.exchange(true))
            show(timer.fd);
}

void forgets_timer(int fd)
{
    if (Timer* timer = timer_of(fd); timer != nullptr) {
        timer->exists = false;
        timer->due = 0;
    }
}

long reads_timer(int fd, void* bytes, std::size_t n)
{
    Timer& timer = *timer_of(fd);
    const std::int64_t times = expirations(timer);
    if (n < sizeof(std::uint64_t) || times == 0) {
        errno = n < sizeof(std::uint64_t) ? EINVAL : EAGAIN;
        return -1;
    }
    hide(fd);
    arm(timer, timer.interval == 0 ? 0 : timer.due + times * timer.interval, timer.interval);
    const auto count = static_cast<std::uint64_t>(times);
    __builtin_memcpy(bytes, &count, sizeof count);
    return sizeof count;
}

} // namespace lab

LAB_SHIM(int, setitimer, (__itimer_which_t which, const itimerval* next, itimerval* last))
{
    if (recording == nullptr || which != ITIMER_REAL || next == nullptr || next->it_value.tv_usec >= 1'000'000)
        return real_setitimer()(which, next, last);
    Timer& timer = the_alarm();
    if (last != nullptr)
        *last = {in_timeval(timer.interval), in_timeval(left(timer))};
    const std::int64_t first = in_ns(next->it_value);
    arm(timer, first == 0 ? 0 : end_in(first), in_ns(next->it_interval));
    return 0;
}

LAB_SHIM(int, getitimer, (__itimer_which_t which, itimerval* now))
{
    if (clock_of_this_process() == nullptr || which != ITIMER_REAL)
        return real_getitimer()(which, now);
    *now = {in_timeval(the_alarm().interval), in_timeval(left(the_alarm()))};
    return 0;
}

LAB_SHIM(unsigned, alarm, (unsigned seconds))
{
    if (recording == nullptr)
        return real_alarm()(seconds);
    Timer& timer = the_alarm();
    const std::int64_t before = left(timer);
    arm(timer, seconds == 0 ? 0 : end_in(seconds * second), 0);
    return static_cast<unsigned>((before + second - 1) / second); // a second that has begun is left
}

LAB_SHIM(int, timerfd_create, (int clock, int flags))
{
    if (recording == nullptr)
        return real_timerfd_create()(clock, flags);
    Recording call{Call::timerfd_create, -1, clock};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int fd = call.opened(real_timerfd_create()(clock, flags));
    if (fd >= 0 && (!place_for(fd).exists || place_for(fd).fd == fd)) {
        Timer& timer = place_for(fd);
        arm(timer, 0, 0);
        timer.fd = fd;
        timer.on_wall = is_wall(clock);
        timer.exists = true;
    }
    return fd;
}

LAB_SHIM(int, timerfd_settime, (int fd, int flags, const itimerspec* next, itimerspec* last))
{
    if (recording == nullptr)
        return real_timerfd_settime()(fd, flags, next, last);
    Recording call{Call::timerfd_settime, fd, flags,
                   next == nullptr ? 0 : next->it_value.tv_sec * 1000 + next->it_value.tv_nsec / 1'000'000};
    Timer* timer = timer_of(fd);
    if (timer == nullptr || next == nullptr || !is_valid(&next->it_value) || !is_valid(&next->it_interval))
        return static_cast<int>(call.done(real_timerfd_settime()(fd, flags, next, last)));
    if (last != nullptr)
        *last = {in_timespec(timer->interval), in_timespec(left(*timer))};
    hide(fd);
    const std::int64_t first = lab::in_ns(next->it_value);
    arm(*timer,
        first == 0                         ? 0
        : (flags & TFD_TIMER_ABSTIME) == 0 ? end_in(first)
        : timer->on_wall                   ? end_at(next->it_value, CLOCK_REALTIME)
                                           : first,
        lab::in_ns(next->it_interval));
    shows_timers();
    return static_cast<int>(call.done(0));
}

LAB_SHIM(int, timerfd_gettime, (int fd, itimerspec* now))
{
    const Timer* timer = timer_of(fd);
    if (timer == nullptr)
        return real_timerfd_gettime()(fd, now);
    *now = {in_timespec(timer->interval), in_timespec(left(*timer))};
    return 0;
}
