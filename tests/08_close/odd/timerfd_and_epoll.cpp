// Odd: one timer descriptor and one epoll descriptor instead of arithmetic with a clock
#include "08_close/close.h"

#include <algorithm>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

void watch(int epoll, int fd)
{
    epoll_event input{};
    input.events = EPOLLIN;
    input.data.fd = fd;
    if (::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &input) < 0)
        fail("epoll_ctl");
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const UniqueFd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)};
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    itimerspec limit{};
    limit.it_value.tv_sec = std::max(limit_ms, 0) / 1000;
    limit.it_value.tv_nsec = std::max(limit_ms, 0) % 1000 * 1'000'000 + 1; // 0 would switch it off
    if (!timer || !epoll || ::timerfd_settime(timer.get(), 0, &limit, nullptr) < 0)
        fail("timer");
    watch(epoll.get(), timer.get());
    watch(epoll.get(), fd.get());
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    for (char unwanted[4096];;) {
        epoll_event events[2]{};
        const int n = ::epoll_wait(epoll.get(), events, 2, -1);
        if (n < 0 && errno != EINTR)
            fail("epoll_wait");
        // What has come counts, also when the time is over, and an urgent byte is no event.
        const ssize_t got = ::recv(fd.get(), unwanted, sizeof unwanted, MSG_DONTWAIT);
        if (got == 0)
            return CloseResult::clean;
        if (got < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (got < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
        if (std::any_of(events, events + std::max(n, 0), [&](const epoll_event& e) { return e.data.fd == timer.get(); }))
            return CloseResult::timed_out;
    }
}

} // namespace kata
