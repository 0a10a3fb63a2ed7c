// Mistake: puts a limit of more than a second into tv_usec, and does not look whether the kernel took it
// Caught by: Works.EndsItsStreamAndWaitsForThePeersEnd
// Says: the kernel refused your timeout
#include "08_close/close.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

CloseResult drain(int fd, Clock::time_point end)
{
    char unwanted[16384];
    for (;;) {
        const timeval limit{0, std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now()).count()};
        if (limit.tv_usec <= 0)
            return CloseResult::timed_out;
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, 0);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
    }
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
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
    return drain(fd.get(), end);
}

} // namespace kata
