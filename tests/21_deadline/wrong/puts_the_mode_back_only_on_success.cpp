// Mistake: sets O_NONBLOCK, and does not put it back when it gives up
// Caught by: Works.GivesUpAtTheDeadline
// Says: left O_NONBLOCK set
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
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

class NonBlocking {
public:
    explicit NonBlocking(int fd) : fd_{fd}, flags_{::fcntl(fd, F_GETFL)} { ::fcntl(fd_, F_SETFL, flags_ | O_NONBLOCK); }
    void put_back() const { ::fcntl(fd_, F_SETFL, flags_); }

private:
    int fd_, flags_;
};

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    const NonBlocking mode{fd};
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, 0);
        if (got == 0)
            return mode.put_back(), IoResult{IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return mode.put_back(), IoResult{IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
        pollfd input{fd, POLLIN, 0};
        if (got < 0 && ::poll(&input, 1, milliseconds_until(deadline)) < 0 && errno != EINTR)
            fail("poll");
    }
    mode.put_back();
    return {IoStatus::ok, n};
}

} // namespace kata
