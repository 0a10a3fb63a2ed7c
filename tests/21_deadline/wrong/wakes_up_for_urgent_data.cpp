// Mistake: waits for urgent data, too, and does not take it: then no wait sleeps any more
// Caught by: Hostile.AnUrgentByteIsNoInput
// Says: busy loop: 200 calls in a row
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
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
    return static_cast<int>(std::min<std::chrono::milliseconds::rep>(left, INT_MAX));
}

void sleep_until_input(int fd, Deadline deadline)
{
    pollfd input{fd, POLLIN | POLLPRI, 0};
    do {
        if (::poll(&input, 1, milliseconds_until(deadline)) < 0 && errno != EINTR)
            fail("poll");
    } while (input.revents == POLLPRI && Clock::now() < deadline);
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
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
        if (got < 0)
            sleep_until_input(fd, deadline);
    }
    return {IoStatus::ok, n};
}

} // namespace kata
