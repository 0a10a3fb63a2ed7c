// Odd: an epoll descriptor, edge-triggered, and a timer that rings when the limit is over
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

void watch(int epoll, int fd, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    if (::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0)
        fail(errno, "epoll_ctl");
}

void await_end_of_attempt(int fd, Clock::time_point end)
{
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    if (!epoll)
        fail(errno, "epoll_create1");
    const UniqueFd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)};
    if (!timer)
        fail(errno, "timerfd_create");
    const auto when = end.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(when);
    itimerspec limit{};
    limit.it_value = {seconds.count(), (when - seconds).count()};
    if (::timerfd_settime(timer.get(), TFD_TIMER_ABSTIME, &limit, nullptr) < 0)
        fail(errno, "timerfd_settime");
    watch(epoll.get(), fd, EPOLLOUT | EPOLLET);
    watch(epoll.get(), timer.get(), EPOLLIN);
    epoll_event event{};
    int ready = 0;
    do
        ready = ::epoll_wait(epoll.get(), &event, 1, -1);
    while (ready < 0 && errno == EINTR);
    if (ready < 0)
        fail(errno, "epoll_wait");
    if (event.data.fd != fd)
        fail(ETIMEDOUT, "connect");
}

int result_of_attempt(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

bool is_connected_to_itself(int fd, const Endpoint& to)
{
    const Endpoint own = local_endpoint(fd);
    return own.port() == to.port() && to_string(own) == to_string(peer_endpoint(fd));
}

} // namespace

UniqueFd connect_with_timeout(const Endpoint& to, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{std::max(limit_ms, 0)};
    UniqueFd fd = open_socket(to.family(), SOCK_STREAM | SOCK_NONBLOCK);
    if (::connect(fd.get(), to.address(), to.size) < 0) {
        if (errno != EINPROGRESS)
            fail(errno, "connect");
        await_end_of_attempt(fd.get(), end);
        if (const int error = result_of_attempt(fd.get()); error != 0)
            fail(error, "connect");
    }
    if (is_connected_to_itself(fd.get(), to))
        fail(ECONNREFUSED, "connect");
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
    return fd;
}

} // namespace kata
