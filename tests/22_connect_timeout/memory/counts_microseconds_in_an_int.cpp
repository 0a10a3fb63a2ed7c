// Mistake: multiplies by 1000 in an int
// Caught by: Robust.TakesAnyLimit
// Says: signed integer overflow
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

int milliseconds_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<long>(left.count(), 0));
}

void await_end_of_attempt(int fd, Clock::time_point end)
{
    pollfd attempt{fd, POLLOUT, 0};
    for (;;) {
        const int ready = ::poll(&attempt, 1, milliseconds_until(end));
        if (ready > 0)
            return;
        if (ready < 0 && errno != EINTR)
            fail(errno, "poll");
        if (ready == 0 && Clock::now() >= end)
            fail(ETIMEDOUT, "connect");
    }
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

void limit_sending(int fd, int limit_ms)
{
    const int us = limit_ms * 1000;
    const timeval limit{us / 1'000'000, us % 1'000'000};
    if (::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) < 0)
        fail(errno, "setsockopt");
}

} // namespace

UniqueFd connect_with_timeout(const Endpoint& to, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    UniqueFd fd = open_socket(to.family(), SOCK_STREAM);
    limit_sending(fd.get(), std::max(limit_ms, 1));
    if (::connect(fd.get(), to.address(), to.size) < 0) {
        if (errno == EINPROGRESS)
            fail(ETIMEDOUT, "connect");
        if (errno != EINTR)
            fail(errno, "connect");
        await_end_of_attempt(fd.get(), end);
        if (const int error = result_of_attempt(fd.get()); error != 0)
            fail(error, "connect");
    }
    if (is_connected_to_itself(fd.get(), to))
        fail(ECONNREFUSED, "connect");
    limit_sending(fd.get(), 0);
    return fd;
}

} // namespace kata
