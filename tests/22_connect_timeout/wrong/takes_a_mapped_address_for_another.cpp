// Mistake: looks for itself at 127.0.0.1 and ::1 only: an IPv4 address by an IPv6 socket is neither
// Caught by: Hostile.ItselfByAnotherNameIsNobody
// Says: came      "no error"
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
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
    const bool mapped = IN6_IS_ADDR_V4MAPPED(&reinterpret_cast<const sockaddr_in6&>(own.storage).sin6_addr);
    if (own.family() == AF_INET6 && mapped)
        return false;
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
