// Mistake: throws away 1 MiB at most, and closes on what still comes
// Caught by: Robust.ReadsWhatComesUntilTheEnd
// Says: came      "timed_out"
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

int milliseconds_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    return static_cast<int>(std::max<long>(left, 0));
}

CloseResult drain(int fd, Clock::time_point end)
{
    char unwanted[16384];
    std::size_t total = 0;
    do {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, milliseconds_until(end));
        if (ready < 0 && errno != EINTR)
            fail("poll");
        if (ready <= 0)
            continue;
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
        total += static_cast<std::size_t>(std::max<ssize_t>(n, 0));
        if (total > 1 << 20)
            return CloseResult::timed_out;
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
