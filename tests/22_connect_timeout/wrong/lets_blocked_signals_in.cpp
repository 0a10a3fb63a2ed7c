// Mistake: sleeps in ppoll() with an empty mask: what the caller has blocked comes in
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: killed by SIGTERM
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

timespec left_until(Clock::time_point end)
{
    using namespace std::chrono_literals;
    const auto left = std::max<Clock::duration>(end - Clock::now(), 0s);
    return {left / 1s, left % 1s / 1ns};
}

void await_end_of_attempt(int fd, Clock::time_point end)
{
    pollfd attempt{fd, POLLOUT, 0};
    sigset_t none{};
    sigemptyset(&none);
    for (;;) {
        const timespec left = left_until(end);
        const int ready = ::ppoll(&attempt, 1, &left, &none);
        if (ready > 0)
            return;
        if (ready < 0 && errno != EINTR)
            fail(errno, "ppoll");
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
    if (own.port() != to.port())
        return false;
    const Endpoint peer = peer_endpoint(fd);
    return own.size == peer.size && std::memcmp(&own.storage, &peer.storage, own.size) == 0;
}

void make_blocking(int fd)
{
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) < 0)
        fail(errno, "fcntl");
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
    make_blocking(fd.get());
    return fd;
}

} // namespace kata
