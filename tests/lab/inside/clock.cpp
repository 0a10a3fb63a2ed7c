// The learner's clock: what it reads, and how it waits.
#include "lab/inside/clock.h"

#include "lab/inside/kernel.h"
#include "lab/inside/shim.h"
#include "lab/inside/turns.h"

#include <cerrno>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, clock_gettime, clockid_t, timespec*)
LAB_REAL(int, gettimeofday, timeval*, void*)
LAB_REAL(time_t, time, time_t*)
LAB_REAL(int, timespec_get, timespec*, int)
LAB_REAL(int, ppoll, pollfd*, nfds_t, const timespec*, const sigset_t*)

namespace lab {

namespace {

Clock* own_clock = nullptr;
thread_local volatile bool rung = false; // the lab's signal came

void on_wake(int) { rung = true; }

std::int64_t read_clock(bool wall)
{
    Clock& clock = recording->clock;
    return clock.now.fetch_add(tick) + tick + (wall ? clock.wall.load() : 0);
}

// The coarse clocks show the last tick of the kernel's timer, 250 times a second on most machines (clock_getres(2)).
std::int64_t as_fine_as(clockid_t clock, std::int64_t now)
{
    const bool coarse = clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_REALTIME_COARSE;
    return coarse ? now - now % (second / 250) : now;
}

Sleeper& take_place(Clock& clock, int thread)
{
    for (;;) { // more than 256 threads in such waits: the others come in when one of them is out
        for (std::size_t i = 0; i < Clock::max_sleepers; ++i) {
            int nobody = 0;
            if (!clock.sleepers[i].thread.compare_exchange_strong(nobody, -1))
                continue;
            for (std::size_t used = clock.sleepers_used;
                 used < i + 1 && !clock.sleepers_used.compare_exchange_weak(used, i + 1);) {
            }
            clock.sleepers[i].end = never; // it says who and how long before it says that it is there
            clock.sleepers[i].woken = false;
            clock.sleepers[i].process = getpid();
            clock.sleepers[i].thread = thread;
            return clock.sleepers[i];
        }
        const timespec moment{0, 1'000'000};
        kernel(SYS_nanosleep, &moment, nullptr);
    }
}

} // namespace

bool is_wall(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI; }

bool follows(clockid_t clock)
{
    return clock >= 0 && clock != CLOCK_PROCESS_CPUTIME_ID && clock != CLOCK_THREAD_CPUTIME_ID && clock <= CLOCK_TAI;
}

std::int64_t end_in(std::int64_t ns)
{
    const std::int64_t now = recording->clock.now;
    return ns >= never - now ? never : now + ns;
}

std::int64_t end_in(const timespec* limit) { return limit == nullptr ? never : end_in(in_ns(*limit)); }

std::int64_t end_at(const timespec& time, clockid_t clock)
{
    const std::int64_t at = in_ns(time);
    return at == never ? never : is_wall(clock) ? at - recording->clock.wall : at;
}

void passes(std::int64_t ns)
{
    Clock& clock = recording->clock;
    const int saved = errno;
    lets_others_come_to_sleep();
    errno = saved;
    const std::int64_t end = end_in(ns);
    if (clock.next_end() >= end) {
        clock.moves_to(end);
        return;
    }
    Doze doze{end};
    while (doze.sleeps([] { return 0; }, waits_for_a_signal) < 0) {
    }
    errno = saved;
}

std::int64_t machine_time(clockid_t clock)
{
    timespec now{};
    real_clock_gettime()(clock, &now);
    return in_ns(now);
}

int real_wait(pollfd* fds, nfds_t n, const timespec* limit, const sigset_t* mask) { return real_ppoll()(fds, n, limit, mask); }
int waits_for_a_signal(const sigset_t* mask) { return real_ppoll()(nullptr, 0, nullptr, mask); }

int wake_signal()
{
    static const int signal = SIGRTMAX - 1;
    return signal;
}

Clock* clock_of_this_process() { return own_clock; }

void prepare_to_wake(Clock& clock)
{
    own_clock = &clock;
    // libc's own, past a sanitizer's: that one would keep the signal until the next call that it knows.
    using Action = int (*)(int, const struct sigaction*, struct sigaction*);
    const auto act = reinterpret_cast<Action>(::dlsym(::dlopen("libc.so.6", RTLD_LAZY), "sigaction"));
    struct sigaction action {};
    action.sa_handler = on_wake;
    act(wake_signal(), &action, nullptr);
    sigset_t own;
    sigemptyset(&own);
    sigaddset(&own, wake_signal());
    kernel(SYS_rt_sigprocmask, SIG_BLOCK, &own, nullptr, _NSIG / 8);
}

Doze::Doze(std::int64_t end, const sigset_t* asked, bool on_wall, bool by_signal)
    : clock_{recording->clock},
      sleeper_{take_place(clock_, static_cast<int>(kernel(SYS_gettid)))}
{
    sleeper_.on_wall = on_wall;
    sleeper_.by_signal = by_signal;
    sleeper_.end = end;
    if (asked != nullptr)
        mask_ = *asked;
    else
        kernel(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &mask_, _NSIG / 8);
    sigdelset(&mask_, wake_signal());
}

Doze::~Doze() { sleeper_.thread = 0; }

bool Doze::is_over() const { return clock_.now >= sleeper_.end; }

std::int64_t Doze::left() const
{
    const std::int64_t now = clock_.now, end = sleeper_.end;
    return now < end ? end - now : 0;
}

void Doze::begins_anew()
{
    sleeper_.woken = false;
    shows_timers();
}

bool Doze::was_the_lab()
{
    if (errno != EINTR || !rung)
        return false;
    rung = false;
    return true;
}

short Doze::awaits(int fd, short events)
{
    pollfd p{fd, events, 0};
    const timespec now{};
    const int ready = sleeps([&] { return real_ppoll()(&p, 1, &now, nullptr); },
                             [&](const sigset_t* mask) { return real_ppoll()(&p, 1, nullptr, mask); });
    if (ready == 0)
        errno = EAGAIN;
    return ready > 0 ? p.revents : short{0};
}

bool sleeps_on(Recording& call, int timeout_option, short events)
{
    const std::int64_t limit = call.keeps_patience_of_socket(timeout_option);
    if (limit == never) {
        call.falls_asleep(-1);
        return true;
    }
    Doze doze{end_in(limit)};
    call.falls_asleep(call.event().patience);
    return doze.awaits(call.event().fd, events) != 0;
}

} // namespace lab

LAB_SHIM(int, clock_gettime, (clockid_t clock, timespec* time))
{
    if (recording == nullptr || !follows(clock) || time == nullptr)
        return real_clock_gettime()(clock, time);
    *time = in_timespec(as_fine_as(clock, read_clock(is_wall(clock))));
    return 0;
}

LAB_SHIM(int, gettimeofday, (timeval * time, void* zone))
{
    if (recording == nullptr || time == nullptr)
        return real_gettimeofday()(time, zone);
    const std::int64_t now = read_clock(true);
    *time = {now / second, now % second / 1000};
    return 0;
}

LAB_SHIM(time_t, time, (time_t * time))
{
    if (recording == nullptr)
        return real_time()(time);
    const time_t now = read_clock(true) / second;
    if (time != nullptr)
        *time = now;
    return now;
}

LAB_SHIM(int, timespec_get, (timespec * time, int base))
{
    if (recording == nullptr || base != TIME_UTC)
        return real_timespec_get()(time, base);
    *time = in_timespec(read_clock(true));
    return base;
}
