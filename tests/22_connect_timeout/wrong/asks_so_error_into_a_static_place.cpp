// Mistake: asks for SO_ERROR into a static place: what another thread was told stands there by then
// Caught by: Robust.TellsEachThreadOfItsOwnAttempt
// Says: ECONNREFUSED
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

using Clock = std::chrono::steady_clock; // the system clock can be set while we wait

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

// As poll(2) wants it: whole milliseconds, rounded up, and never negative, which would mean "for ever".
int milliseconds_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

// Until the attempt is over, or the time is.
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

// 0, or why it failed. A refused socket is writable, too: only this tells; and once, for reading clears it (socket(7), SO_ERROR).
int result_of_attempt(int fd)
{
    static int error;
    error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

// Not the ports alone: another machine's may be the same as ours. The peer is asked only then, for by now it may be gone.
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
