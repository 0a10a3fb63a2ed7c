// Mistake: one recv after one wait: whatever it gives is "ok"
// Caught by: Works.FillsTheSpanAndTakesNoMore
// Says: hello, ok
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

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    pollfd input{fd, POLLIN, 0};
    while (::poll(&input, 1, milliseconds_until(deadline)) < 0)
        if (errno != EINTR)
            fail("poll");
    const ssize_t n = ::recv(fd, out.data(), out.size(), MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN)
        fail("recv");
    return {n < 0 ? IoStatus::timeout : n == 0 ? IoStatus::eof : IoStatus::ok, static_cast<std::size_t>(std::max<ssize_t>(n, 0))};
}

} // namespace kata
