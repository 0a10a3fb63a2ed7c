// Mistake: FD_SET of a descriptor above 1023 writes behind the set
// Caught by: Robust.TakesADescriptorAbove1023
// Says: index 23 out of bounds
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// Until `fd` can be read, or that moment.
int sleep_until_input(int fd, Deadline deadline)
{
    const Deadline now = Clock::now();
    const long us = deadline <= now ? 0 : std::chrono::ceil<std::chrono::microseconds>(deadline - now).count();
    timeval limit{us / 1'000'000, us % 1'000'000};
    fd_set input;
    FD_ZERO(&input);
    FD_SET(fd, &input);
    return ::select(fd + 1, &input, nullptr, nullptr, &limit);
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
        if (got < 0 && sleep_until_input(fd, deadline) < 0 && errno != EINTR)
            fail("select");
    }
    return {IoStatus::ok, n};
}

} // namespace kata
