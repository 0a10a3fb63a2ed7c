// Mistake: reads until there is nothing left to read now, and takes that for the end
// Caught by: Robust.ReadsWhatComesUntilTheEnd
// Says: then a reset (RST)
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

CloseResult drain(int fd, Clock::time_point end)
{
    char unwanted[16384];
    while (Clock::now() < end) {
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno == EAGAIN))
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR)
            fail("recv");
    }
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
    return drain(fd.get(), end);
}

} // namespace kata
