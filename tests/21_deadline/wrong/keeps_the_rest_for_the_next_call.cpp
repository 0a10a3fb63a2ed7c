// Mistake: reads ahead into a buffer of its own
// Caught by: Works.FillsTheSpanAndTakesNoMore
// Says: , world
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
    if (deadline <= now)
        return 0;
    return static_cast<int>(std::min<long>(std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count(), INT_MAX));
}

std::byte ahead[4096];
std::size_t kept = 0;

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, ahead + kept, sizeof ahead - kept, MSG_DONTWAIT);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        kept += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        const std::size_t taken = std::min(kept, out.size() - n);
        std::copy_n(ahead, taken, out.data() + n);
        std::copy(ahead + taken, ahead + kept, ahead);
        kept -= taken;
        n += taken;
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
        pollfd input{fd, POLLIN, 0};
        if (got < 0 && ::poll(&input, 1, milliseconds_until(deadline)) < 0 && errno != EINTR)
            fail("poll");
    }
    return {IoStatus::ok, n};
}

} // namespace kata
