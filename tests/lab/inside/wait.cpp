// The calls that wait for readiness. As everywhere: first without waiting, then, if nothing is ready, the note that the learner
// falls asleep, and the real wait.
#include "lab/inside/shim.h"

#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

using namespace lab;

LAB_REAL(int, poll, pollfd*, nfds_t, int)
LAB_REAL(int, ppoll, pollfd*, nfds_t, const timespec*, const sigset_t*)
LAB_REAL(int, select, int, fd_set*, fd_set*, fd_set*, timeval*)
LAB_REAL(int, pselect, int, fd_set*, fd_set*, fd_set*, const timespec*, const sigset_t*)
LAB_REAL(int, epoll_ctl, int, int, int, epoll_event*)
LAB_REAL(int, epoll_wait, int, epoll_event*, int, int)
LAB_REAL(int, epoll_pwait, int, epoll_event*, int, int, const sigset_t*)
LAB_REAL(int, epoll_pwait2, int, epoll_event*, int, const timespec*, const sigset_t*)

namespace {

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

LAB_SHIM(int, epoll_pwait2, (int epoll, epoll_event* events, int n, const timespec* timeout, const sigset_t* mask))
{
    if (recording == nullptr)
        return real_epoll_pwait2()(epoll, events, n, timeout, mask);
    Recording call{Call::epoll_pwait2, epoll, n, milliseconds(timeout)};
    const bool may_sleep = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
    return wait(call, may_sleep, milliseconds(timeout), [&](bool now) {
        return now ? real_epoll_wait()(epoll, events, n, 0) : real_epoll_pwait2()(epoll, events, n, timeout, mask);
    });
}

LAB_SHIM(int, epoll_ctl, (int epoll, int operation, int fd, epoll_event* event))
{
    if (recording == nullptr)
        return real_epoll_ctl()(epoll, operation, fd, event);
    Recording call{Call::epoll_ctl, epoll, operation, fd, event != nullptr ? static_cast<long>(event->events) : 0};
    return static_cast<int>(call.done(real_epoll_ctl()(epoll, operation, fd, event)));
}
