// Mistake: SO_RCVTIMEO with what is left, rounded down: less than a microsecond becomes {0, 0}, which means "for ever"
// Caught by: Hostile.LessThanAMicrosecondIsNotForEver
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

CloseResult drain(int fd, Clock::time_point end)
{
    char unwanted[512];
    for (;;) {
        const Clock::duration left = end - Clock::now();
        const bool is_over = left <= Clock::duration{};
        const long us = std::chrono::duration_cast<std::chrono::microseconds>(left).count();
        const timeval limit{us / 1'000'000, us % 1'000'000};
        if (!is_over && ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
            fail("setsockopt");
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, is_over ? MSG_DONTWAIT : 0);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
        if (is_over)
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
