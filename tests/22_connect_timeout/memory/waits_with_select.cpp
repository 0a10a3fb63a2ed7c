// Mistake: FD_SET of a descriptor above 1023 writes behind the set
// Caught by: Robust.TakesADescriptorAbove1023
// Says: index 17 out of bounds
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

// select(2) of one descriptor.
void await_end_of_attempt(int fd, Clock::time_point end)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::microseconds>(end - Clock::now());
        const long us = std::max<long>(left.count(), 0);
        timeval limit{us / 1'000'000, us % 1'000'000};
        fd_set attempt;
        FD_ZERO(&attempt);
        FD_SET(fd, &attempt);
        const int ready = ::select(fd + 1, nullptr, &attempt, nullptr, &limit);
        if (ready > 0)
            return;
        if (ready < 0 && errno != EINTR)
            fail(errno, "select");
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

} // namespace

UniqueFd connect_with_timeout(const Endpoint& to, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
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
