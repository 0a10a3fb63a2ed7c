// Odd: ppoll, and MSG_TRUNC, with which TCP throws bytes away without copying them (tcp(7)); rounds down
#include "08_close/close.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

CloseResult drain(int fd, Clock::time_point end)
{
    static char never_written[1 << 20];
    do {
        const long left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        const timespec limit{std::max(left, 0L) / 1000, std::max(left, 0L) % 1000 * 1'000'000};
        pollfd input{fd, POLLIN, 0};
        if (::ppoll(&input, 1, &limit, nullptr) < 0 && errno != EINTR)
            fail("ppoll");
        const ssize_t n = ::recv(fd, never_written, sizeof never_written, MSG_TRUNC | MSG_DONTWAIT);
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
    return drain(fd.get(), end);
}

} // namespace kata
