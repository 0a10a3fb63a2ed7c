// The calls that wait for readiness, and the descriptors that exist to be waited for. As everywhere: first without waiting,
// then, if nothing is ready, the note that the learner falls asleep, and the real wait.
#include "lab/shim.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, poll, pollfd*, nfds_t, int)
LAB_REAL(int, ppoll, pollfd*, nfds_t, const timespec*, const sigset_t*)
LAB_REAL(int, select, int, fd_set*, fd_set*, fd_set*, timeval*)
LAB_REAL(int, pselect, int, fd_set*, fd_set*, fd_set*, const timespec*, const sigset_t*)
LAB_REAL(int, epoll_create, int)
LAB_REAL(int, epoll_create1, int)
LAB_REAL(int, epoll_ctl, int, int, int, epoll_event*)
LAB_REAL(int, epoll_wait, int, epoll_event*, int, int)
LAB_REAL(int, epoll_pwait, int, epoll_event*, int, int, const sigset_t*)
LAB_REAL(int, pipe, int*)
LAB_REAL(int, pipe2, int*, int)
LAB_REAL(int, eventfd, unsigned, int)
LAB_REAL(int, signalfd, int, const sigset_t*, int)
LAB_REAL(int, timerfd_create, int, int)
LAB_REAL(int, nanosleep, const timespec*, timespec*)
LAB_REAL(int, clock_nanosleep, clockid_t, int, const timespec*, timespec*)
LAB_REAL(int, usleep, useconds_t)
LAB_REAL(unsigned, sleep, unsigned)

namespace {

long milliseconds(const timespec* t) { return t == nullptr ? -1 : t->tv_sec * 1000 + t->tv_nsec / 1'000'000; }

// `make(now)` makes the real call, without waiting when `now` is true.
template <class Make>
int wait(Recording& call, bool may_sleep, long patience, Make make)
{
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int ready = make(true);
    if (ready != 0 || !may_sleep)
        return static_cast<int>(call.done(ready));
    call.falls_asleep(patience);
    return static_cast<int>(call.done(make(false)));
}

int wait_poll(Call name, pollfd* fds, nfds_t n, const timespec* timeout, const sigset_t* mask)
{
    Recording call{name, n > 0 ? fds[0].fd : -1, static_cast<long>(n), milliseconds(timeout), n > 0 ? fds[0].events : 0};
    const bool may_sleep = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
    const int ready = wait(call, may_sleep, milliseconds(timeout),
                           [&](bool now) { return now ? real_poll()(fds, n, 0) : real_ppoll()(fds, n, timeout, mask); });
    if (ready > 0)
        call.event().args[2] |= static_cast<long>(fds[0].revents) << 16;
    return ready;
}

int wait_select(Call name, int n, fd_set* in, fd_set* out, fd_set* except, const timespec* timeout, const sigset_t* mask)
{
    Recording call{name, -1, n, milliseconds(timeout)};
    const bool may_sleep = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
    const auto bytes = static_cast<std::size_t>(n > 0 ? (n + 63) / 64 * 8 : 0); // the kernel touches no more than this
    return wait(call, may_sleep, milliseconds(timeout), [&](bool now) {
        if (!now)
            return real_pselect()(n, in, out, except, timeout, mask);
        fd_set copies[3];
        fd_set* sets[3] = {in, out, except};
        for (int i = 0; i < 3; ++i)
            if (sets[i] != nullptr)
                __builtin_memcpy(&copies[i], sets[i], bytes < sizeof copies[i] ? bytes : sizeof copies[i]);
        timespec none{};
        const int ready = real_pselect()(n, in, out, except, &none, nullptr);
        for (int i = 0; ready == 0 && i < 3; ++i) // nothing ready cleared the sets: put back what the learner asked for
            if (sets[i] != nullptr)
                __builtin_memcpy(sets[i], &copies[i], bytes < sizeof copies[i] ? bytes : sizeof copies[i]);
        return may_sleep || ready != 0 ? ready : real_pselect()(n, in, out, except, &none, nullptr);
    });
}

template <class Make>
int opening(Call name, long a, Make make)
{
    Recording call{name, -1, a};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(make());
}

int sleeping(const timespec* asked, timespec* left, int (*real)(const timespec*, timespec*))
{
    Recording call{Call::nanosleep, -1, milliseconds(asked)};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    call.falls_asleep(milliseconds(asked));
    return static_cast<int>(call.done(real(asked, left)));
}

} // namespace

LAB_SHIM(int, poll, (pollfd * fds, nfds_t n, int timeout))
{
    if (recording == nullptr)
        return real_poll()(fds, n, timeout);
    const timespec limit{timeout / 1000, timeout % 1000 * 1'000'000L};
    return wait_poll(Call::poll, fds, n, timeout < 0 ? nullptr : &limit, nullptr);
}

LAB_SHIM(int, ppoll, (pollfd * fds, nfds_t n, const timespec* timeout, const sigset_t* mask))
{
    return recording == nullptr ? real_ppoll()(fds, n, timeout, mask) : wait_poll(Call::ppoll, fds, n, timeout, mask);
}

LAB_SHIM_AS(int, poll_chk, "__poll_chk", (pollfd * fds, nfds_t n, int timeout, size_t room))
{
    return n * sizeof *fds > room ? (overflows(), 0) : lab_shim_poll(fds, n, timeout);
}

LAB_SHIM_AS(int, ppoll_chk, "__ppoll_chk", (pollfd * fds, nfds_t n, const timespec* timeout, const sigset_t* mask, size_t room))
{
    return n * sizeof *fds > room ? (overflows(), 0) : lab_shim_ppoll(fds, n, timeout, mask);
}

LAB_SHIM(int, select, (int n, fd_set* in, fd_set* out, fd_set* except, timeval* timeout))
{
    if (recording == nullptr)
        return real_select()(n, in, out, except, timeout);
    if (timeout == nullptr)
        return wait_select(Call::select, n, in, out, except, nullptr, nullptr);
    const timespec limit{timeout->tv_sec, timeout->tv_usec * 1000};
    const std::uint64_t end =
        now_ns() + static_cast<std::uint64_t>(limit.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(limit.tv_nsec);
    const int ready = wait_select(Call::select, n, in, out, except, &limit, nullptr);
    const std::uint64_t now = now_ns(),
                        left = now < end ? (end - now) / 1000 : 0; // select(2) NOTES: Linux writes back what is left
    timeout->tv_sec = static_cast<time_t>(left / 1'000'000);
    timeout->tv_usec = static_cast<suseconds_t>(left % 1'000'000);
    return ready;
}

LAB_SHIM(int, pselect, (int n, fd_set* in, fd_set* out, fd_set* except, const timespec* timeout, const sigset_t* mask))
{
    return recording == nullptr ? real_pselect()(n, in, out, except, timeout, mask)
                                : wait_select(Call::pselect, n, in, out, except, timeout, mask);
}

LAB_SHIM(int, epoll_wait, (int epoll, epoll_event* events, int n, int timeout))
{
    if (recording == nullptr)
        return real_epoll_wait()(epoll, events, n, timeout);
    Recording call{Call::epoll_wait, epoll, n, timeout};
    return wait(call, timeout != 0, timeout, [&](bool now) { return real_epoll_wait()(epoll, events, n, now ? 0 : timeout); });
}

LAB_SHIM(int, epoll_pwait, (int epoll, epoll_event* events, int n, int timeout, const sigset_t* mask))
{
    if (recording == nullptr)
        return real_epoll_pwait()(epoll, events, n, timeout, mask);
    Recording call{Call::epoll_pwait, epoll, n, timeout};
    return wait(call, timeout != 0, timeout,
                [&](bool now) { return real_epoll_pwait()(epoll, events, n, now ? 0 : timeout, mask); });
}

LAB_SHIM(int, epoll_ctl, (int epoll, int operation, int fd, epoll_event* event))
{
    if (recording == nullptr)
        return real_epoll_ctl()(epoll, operation, fd, event);
    Recording call{Call::epoll_ctl, epoll, operation, fd, event != nullptr ? static_cast<long>(event->events) : 0};
    return static_cast<int>(call.done(real_epoll_ctl()(epoll, operation, fd, event)));
}

LAB_SHIM(int, epoll_create1, (int flags))
{
    return recording == nullptr ? real_epoll_create1()(flags)
                                : opening(Call::epoll_create1, flags, [=] { return real_epoll_create1()(flags); });
}

LAB_SHIM(int, epoll_create, (int size))
{
    return recording == nullptr ? real_epoll_create()(size)
                                : opening(Call::epoll_create1, 0, [=] { return real_epoll_create()(size); });
}

LAB_SHIM(int, eventfd, (unsigned count, int flags))
{
    return recording == nullptr ? real_eventfd()(count, flags)
                                : opening(Call::eventfd, count, [=] { return real_eventfd()(count, flags); });
}

LAB_SHIM(int, signalfd, (int fd, const sigset_t* mask, int flags))
{
    return recording == nullptr ? real_signalfd()(fd, mask, flags)
                                : opening(Call::signalfd, fd, [=] { return real_signalfd()(fd, mask, flags); });
}

LAB_SHIM(int, timerfd_create, (int clock, int flags))
{
    return recording == nullptr ? real_timerfd_create()(clock, flags)
                                : opening(Call::timerfd_create, clock, [=] { return real_timerfd_create()(clock, flags); });
}

namespace {
int make_pipe(Call name, int* ends, int flags)
{
    Recording call{name, -1, flags};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int result = real_pipe2()(ends, flags);
    if (result == 0) {
        forget_kind(ends[0]);
        forget_kind(ends[1]);
        call.event().args[2] = (static_cast<long>(ends[0]) << 16) | ends[1];
    }
    return static_cast<int>(call.done(result));
}
} // namespace

LAB_SHIM(int, pipe, (int* ends)) { return recording == nullptr ? real_pipe()(ends) : make_pipe(Call::pipe, ends, 0); }
LAB_SHIM(int, pipe2, (int* ends, int flags))
{
    return recording == nullptr ? real_pipe2()(ends, flags) : make_pipe(Call::pipe2, ends, flags);
}

LAB_SHIM(int, nanosleep, (const timespec* asked, timespec* left))
{
    return recording == nullptr ? real_nanosleep()(asked, left) : sleeping(asked, left, real_nanosleep());
}

LAB_SHIM(int, clock_nanosleep, (clockid_t clock, int flags, const timespec* asked, timespec* left))
{
    if (recording == nullptr)
        return real_clock_nanosleep()(clock, flags, asked, left);
    Recording call{Call::nanosleep, -1, flags == 0 ? milliseconds(asked) : 0};
    int error = call.event().error; // given back, and not put into errno
    if (!call.is_failed()) {
        call.falls_asleep(INT_MAX); // an absolute time ends by itself
        error = real_clock_nanosleep()(clock, flags, asked, left);
        errno = error;
    }
    call.done(error == 0 ? 0 : -1);
    return error;
}

LAB_SHIM(int, usleep, (useconds_t time))
{
    if (recording == nullptr)
        return real_usleep()(time);
    const timespec asked{time / 1'000'000, time % 1'000'000 * 1000L};
    return sleeping(&asked, nullptr, real_nanosleep());
}

LAB_SHIM(unsigned, sleep, (unsigned seconds))
{
    if (recording == nullptr)
        return real_sleep()(seconds);
    const timespec asked{static_cast<time_t>(seconds), 0};
    timespec left{};
    return sleeping(&asked, &left, real_nanosleep()) == 0 ? 0 : static_cast<unsigned>(left.tv_sec) + 1;
}
