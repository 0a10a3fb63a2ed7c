// Mistake: turns the deadline into a point of the system clock, which somebody sets
// Caught by: Robust.NobodySetsThisClock
// Says: the deadline
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

using Wall = std::chrono::system_clock;

int milliseconds_until(Wall::time_point end)
{
    const Wall::time_point now = Wall::now();
    if (end <= now)
        return 0;
    return static_cast<int>(std::min<long>(std::chrono::ceil<std::chrono::milliseconds>(end - now).count(), INT_MAX));
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    const Deadline now = Clock::now(); // a year is as good as for ever
    const Wall::time_point end =
        Wall::now() + std::clamp<Clock::duration>(deadline < now ? now - now : deadline - now, {}, std::chrono::hours{9000});
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Wall::now() >= end)
            return {IoStatus::timeout, n};
        pollfd input{fd, POLLIN, 0};
        if (got < 0 && ::poll(&input, 1, milliseconds_until(end)) < 0 && errno != EINTR)
            fail("poll");
    }
    return {IoStatus::ok, n};
}

} // namespace kata
