// Odd: poll first, recv after it; ppoll takes what is left as it is
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

int wait_for_input(int fd, Deadline deadline)
{
    const Deadline now = Clock::now();
    const auto left = deadline <= now ? Clock::duration{} : deadline - now;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    const timespec limit{seconds.count(), (left - seconds).count()};
    pollfd input{fd, POLLIN, 0};
    return ::ppoll(&input, 1, &limit, nullptr);
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    if (fd < 0)
        throw std::system_error{EBADF, std::generic_category(), "recv"};
    for (std::size_t n = 0;;) {
        if (n == out.size())
            return {IoStatus::ok, n};
        const int ready = wait_for_input(fd, deadline);
        if (ready == 0)
            return {IoStatus::timeout, n};
        if (ready < 0 && errno != EINTR)
            fail("ppoll");
        if (ready < 0)
            continue;
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got <= 0 && (got == 0 || errno == ECONNRESET))
            return {got == 0 ? IoStatus::eof : IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
    }
}

} // namespace kata
