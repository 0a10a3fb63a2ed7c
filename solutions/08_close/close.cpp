#include "08_close/close.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock; // the system clock can be set while we wait

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// As poll(2) wants it: whole milliseconds, rounded up, or the last one would be a busy loop; and never negative, which would
// mean "for ever".
int milliseconds_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

// Whatever comes in, the end stays where it is: asked in each round, or a peer that sends without end is never too late.
CloseResult drain(int fd, Clock::time_point end)
{
    std::array<std::byte, 16384> unwanted;
    do {
        pollfd input{fd, POLLIN, 0};
        if (::poll(&input, 1, milliseconds_until(end)) < 0 && errno != EINTR)
            fail("poll");
        // Whatever poll said: it may be wrong (select(2), BUGS), and it does not report an urgent byte, which recv() takes away.
        // Left there, that makes close() send RST like any other byte.
        const ssize_t n = ::recv(fd, unwanted.data(), unwanted.size(), MSG_DONTWAIT);
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
    if (::shutdown(fd.get(), SHUT_WR) < 0) { // first: the peer may wait for our end before it sends its own
        if (errno == ENOTCONN) // reset before; recv() would say so only if nobody has asked yet, else 0 (shutdown(2))
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    return drain(fd.get(), end);
} // `fd` closes here: nothing is unread now, so this is no reset, and what is unsent still goes out

} // namespace kata
