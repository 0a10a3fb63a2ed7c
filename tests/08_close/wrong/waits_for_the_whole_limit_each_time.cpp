// Mistake: asks the clock between its waits, but each wait may take the whole limit
// Caught by: Robust.ASignalDoesNotStartTheLimitAgain
// Says: it was over after
#include "08_close/close.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

CloseResult drain(int fd, int limit_ms, Clock::time_point end)
{
    char unwanted[16384];
    do {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, std::max(limit_ms, 0));
        if (ready < 0 && errno != EINTR)
            fail("poll");
        if (ready <= 0)
            continue;
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
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
    return drain(fd.get(), limit_ms, end);
}

} // namespace kata
