// Mistake: passes the time that is left to SO_RCVTIMEO, where 0 means "for ever"
// Caught by: Hostile.DoesNotWaitWhenTheTimeIsOver
// Says: stuck: asleep in recv(
#include "08_close/close.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

int milliseconds_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    return static_cast<int>(std::max<long>(left, 0));
}

CloseResult drain(int fd, Clock::time_point end)
{
    char unwanted[16384];
    do {
        const int left = milliseconds_until(end);
        const timeval limit{left / 1000, left % 1000 * 1000};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, 0);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
    return drain(fd.get(), end);
}

} // namespace kata
