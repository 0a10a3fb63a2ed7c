// Odd: blocking recv() with SO_RCVTIMEO, set anew before each call to what is left; one look when nothing is
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

CloseResult drain(int fd, Clock::time_point end)
{
    char unwanted[512];
    for (;;) {
        const long left = std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now()).count();
        const timeval limit{left / 1'000'000, left % 1'000'000};
        if (left > 0 && ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
            fail("setsockopt");
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, left > 0 ? 0 : MSG_DONTWAIT);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
        if (left <= 0)
            return CloseResult::timed_out;
    }
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
