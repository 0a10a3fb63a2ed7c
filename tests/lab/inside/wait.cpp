// The calls that wait for readiness. As everywhere: first without waiting, then, if nothing is ready, the note that the learner
// falls asleep, and the real wait.
#include "lab/inside/clock.h"
#include "lab/inside/looks.h"
#include "lab/inside/shim.h"

#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

using namespace lab;

LAB_REAL(int, poll, pollfd*, nfds_t, int)
LAB_REAL(int, select, int, fd_set*, fd_set*, fd_set*, timeval*)
LAB_REAL(int, pselect, int, fd_set*, fd_set*, fd_set*, const timespec*, const sigset_t*)
LAB_REAL(int, epoll_ctl, int, int, int, epoll_event*)
LAB_REAL(int, epoll_wait, int, epoll_event*, int, int)
LAB_REAL(int, epoll_pwait, int, epoll_event*, int, int, const sigset_t*)
LAB_REAL(int, epoll_pwait2, int, epoll_event*, int, const timespec*, const sigset_t*)

namespace {

// `look()` asks without waiting; `sleep(mask)` waits for as long as it takes.
template <class Look, class Sleep>
int wait(Recording& call, const timespec* limit, const sigset_t* mask, Look look, Sleep sleep)
{
    const bool is_look = limit != nullptr && limit->tv_sec == 0 && limit->tv_nsec == 0;
    const bool is_interrupted_look = is_look && call.is_failed() && call.event().error == EINTR;
    if (call.is_failed() && !is_interrupted_look)
        return static_cast<int>(call.done(-1));
    if (!is_valid(limit)) {
        errno = EINVAL;
        return static_cast<int>(call.done(-1));
    }
    shows_timers();
    const int ready = look();
    if (is_interrupted_look && ready == 0) // the kernel asks for signals last
        return static_cast<int>(call.done(-1));
    if (is_interrupted_look)
        call.withdraw_failure();
    if (ready != 0 || is_look)
        return static_cast<int>(call.done(ready));
    Doze doze{end_in(limit), mask};
    call.falls_asleep(milliseconds(limit));
    return static_cast<int>(call.done(doze.sleeps(look, sleep)));
}

int wait_poll(Call name, pollfd* fds, nfds_t n, const timespec* limit, const sigset_t* mask)
{
    Recording call{name, n > 0 ? fds[0].fd : -1, static_cast<long>(n), milliseconds(limit), n > 0 ? fds[0].events : 0};
    keeps_looks(call.event(), fds, n, false);
    const int ready = wait(
        call, limit, mask, [&] { return real_poll()(fds, n, 0); },
        [&](const sigset_t* let) { return real_wait(fds, n, nullptr, let); });
    if (ready > 0) {
        call.event().args[2] |= static_cast<long>(fds[0].revents) << 16;
        if ((fds[0].revents & (POLLRDHUP | POLLHUP)) != 0)
            call.event().unread = unread_bytes(fds[0].fd);
        keeps_looks(call.event(), fds, n, true);
    }
    return ready;
}

// The sets say what is asked for, and then what is ready: a second try starts from a copy. A set of one's own may have room for
// descriptors above FD_SETSIZE.
class Sets {
public:
    Sets(int n, fd_set* in, fd_set* out, fd_set* except) : n_{n}, sets_{in, out, except}
    {
        for (int i = 0; i < 3; ++i)
            if (sets_[i] != nullptr)
                __builtin_memcpy(asked_[i], sets_[i], bytes());
    }
    int ask(const timespec* limit, const sigset_t* mask)
    {
        for (int i = 0; i < 3; ++i)
            if (sets_[i] != nullptr)
                __builtin_memcpy(sets_[i], asked_[i], bytes());
        return real_pselect()(n_, sets_[0], sets_[1], sets_[2], limit, mask);
    }

private:
    std::size_t bytes() const // the kernel touches no more than this
    {
        const auto used = static_cast<std::size_t>(n_ > 0 ? (n_ + 63) / 64 * 8 : 0);
        return used < most ? used : most;
    }
    static constexpr std::size_t most = 2048;
    int n_;
    fd_set* sets_[3];
    unsigned char asked_[3][most];
};

int wait_select(Call name, int n, fd_set* in, fd_set* out, fd_set* except, const timespec* limit, const sigset_t* mask)
{
    Recording call{name, -1, n, milliseconds(limit)};
    keeps_looks(call.event(), n, in, out, except, false);
    Sets sets{n, in, out, except};
    constexpr timespec none{};
    const int ready = wait(
        call, limit, mask, [&] { return sets.ask(&none, nullptr); }, [&](const sigset_t* let) { return sets.ask(nullptr, let); });
    if (ready > 0)
        keeps_looks(call.event(), n, in, out, except, true);
    return ready;
}

int wait_epoll(Call name, int epoll, epoll_event* events, int n, const timespec* limit, const sigset_t* mask)
{
    Recording call{name, epoll, n, milliseconds(limit)};
    const int ready = wait(
        call, limit, mask, [&] { return real_epoll_wait()(epoll, events, n, 0); },
        [&](const sigset_t* let) { return real_epoll_pwait()(epoll, events, n, -1, let); });
    keeps_looks(call.event(), events, ready);
    return ready;
}

// A limit in milliseconds, as a timespec; null: for ever.
class Limit {
public:
    explicit Limit(int ms) : time_{ms / 1000, ms % 1000 * millisecond}, for_ever_{ms < 0} {}
    const timespec* get() const { return for_ever_ ? nullptr : &time_; }

private:
    timespec time_;
    bool for_ever_;
};

} // namespace

LAB_SHIM(int, poll, (pollfd * fds, nfds_t n, int timeout))
{
    if (recording == nullptr)
        return real_poll()(fds, n, timeout);
    return wait_poll(Call::poll, fds, n, Limit{timeout}.get(), nullptr);
}

LAB_SHIM(int, ppoll, (pollfd * fds, nfds_t n, const timespec* timeout, const sigset_t* mask))
{
    return recording == nullptr ? real_wait(fds, n, timeout, mask) : wait_poll(Call::ppoll, fds, n, timeout, mask);
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
    const timespec limit{timeout->tv_sec + timeout->tv_usec / 1'000'000, timeout->tv_usec % 1'000'000 * 1000};
    const Clock& clock = recording->clock;
    const std::int64_t end = end_in(&limit);
    const int ready = wait_select(Call::select, n, in, out, except, &limit, nullptr);
    const std::int64_t now = clock.now, left = now < end ? (end - now) / 1000 : 0;
    if (is_valid(&limit))
        *timeout = {left / 1'000'000, left % 1'000'000}; // select(2) NOTES: Linux writes back what is left
    return ready;
}

LAB_SHIM(int, pselect, (int n, fd_set* in, fd_set* out, fd_set* except, const timespec* timeout, const sigset_t* mask))
{
    return recording == nullptr ? real_pselect()(n, in, out, except, timeout, mask)
                                : wait_select(Call::pselect, n, in, out, except, timeout, mask);
}

LAB_SHIM(int, epoll_wait, (int epoll, epoll_event* events, int n, int timeout))
{
    return recording == nullptr ? real_epoll_wait()(epoll, events, n, timeout)
                                : wait_epoll(Call::epoll_wait, epoll, events, n, Limit{timeout}.get(), nullptr);
}

LAB_SHIM(int, epoll_pwait, (int epoll, epoll_event* events, int n, int timeout, const sigset_t* mask))
{
    return recording == nullptr ? real_epoll_pwait()(epoll, events, n, timeout, mask)
                                : wait_epoll(Call::epoll_pwait, epoll, events, n, Limit{timeout}.get(), mask);
}

LAB_SHIM(int, epoll_pwait2, (int epoll, epoll_event* events, int n, const timespec* timeout, const sigset_t* mask))
{
    return recording == nullptr ? real_epoll_pwait2()(epoll, events, n, timeout, mask)
                                : wait_epoll(Call::epoll_pwait2, epoll, events, n, timeout, mask);
}

LAB_SHIM(int, epoll_ctl, (int epoll, int operation, int fd, epoll_event* event))
{
    if (recording == nullptr)
        return real_epoll_ctl()(epoll, operation, fd, event);
    Recording call{Call::epoll_ctl, epoll, operation, fd, event != nullptr ? static_cast<long>(event->events) : 0};
    const int result = call.is_failed() ? -1 : real_epoll_ctl()(epoll, operation, fd, event);
    if (result == 0) {
        remembers_epoll(fd, operation == EPOLL_CTL_DEL ? nullptr : event);
        keep_edges(fd, operation != EPOLL_CTL_DEL && (event->events & EPOLLET) != 0);
    }
    return static_cast<int>(call.done(result));
}
