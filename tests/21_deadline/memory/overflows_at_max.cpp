// Mistake: rounds up by adding a millisecond to the deadline: max() becomes a time long ago
// Caught by: Robust.HasNoLimitWhereTheCallerWantsNone
// Says: signed integer overflow
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

int milliseconds_until(Deadline deadline)
{
    const Deadline now = Clock::now();
    deadline += std::chrono::milliseconds{1};
    if (deadline <= now)
        return 0;
    return static_cast<int>(std::min<long>(std::chrono::floor<std::chrono::milliseconds>(deadline - now).count(), INT_MAX));
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
        pollfd input{fd, POLLIN, 0};
        if (got < 0 && ::poll(&input, 1, milliseconds_until(deadline)) < 0 && errno != EINTR)
            fail("poll");
    }
    return {IoStatus::ok, n};
}

} // namespace kata
