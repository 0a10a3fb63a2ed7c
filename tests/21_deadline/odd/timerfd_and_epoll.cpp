// Odd: a timer that rings at the point itself, and an epoll descriptor; no arithmetic with a clock
#include "21_deadline/deadline.h"

#include "01_socket/socket.h"
#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

void watch(int epoll, int fd)
{
    epoll_event input{};
    input.events = EPOLLIN;
    input.data.fd = fd;
    if (::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &input) < 0)
        fail("epoll_ctl");
}

UniqueFd timer_at(Deadline deadline)
{
    UniqueFd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)};
    if (!timer)
        fail("timerfd_create");
    const long ns = std::max<long>(deadline.time_since_epoch().count(), 1); // 0 would switch it off
    itimerspec when{};
    when.it_value = {ns / 1'000'000'000, ns % 1'000'000'000};
    if (::timerfd_settime(timer.get(), TFD_TIMER_ABSTIME, &when, nullptr) < 0)
        fail("timerfd_settime");
    return timer;
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    if (out.empty())
        return {IoStatus::ok, 0};
    const UniqueFd timer = timer_at(deadline), epoll{::epoll_create1(EPOLL_CLOEXEC)};
    if (!epoll)
        fail("epoll_create1");
    watch(epoll.get(), timer.get());
    watch(epoll.get(), fd);
    for (std::size_t n = 0;;) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got <= 0 && (got == 0 || errno == ECONNRESET))
            return {got == 0 ? IoStatus::eof : IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n == out.size())
            return {IoStatus::ok, n};
        std::uint64_t rang = 0;
        if (::read(timer.get(), &rang, sizeof rang) > 0)
            return {IoStatus::timeout, n};
        if (errno != EAGAIN)
            fail("read");
        epoll_event event{};
        if (got < 0 && ::epoll_wait(epoll.get(), &event, 1, -1) < 0 && errno != EINTR)
            fail("epoll_wait");
    }
}

} // namespace kata
