// Mistake: counts rounds of one millisecond instead of asking a clock: bytes make the rounds shorter
// Caught by: Hostile.AFloodBuysNoTime
// Says: it was over after
#include "08_close/close.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

CloseResult drain(int fd, int rounds)
{
    char unwanted[16384];
    do {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, rounds > 0 ? 1 : 0);
        if (ready < 0 && errno != EINTR)
            fail("poll");
        if (ready <= 0)
            continue;
        const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
    } while (--rounds > 0);
    return CloseResult::timed_out;
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    return drain(fd.get(), limit_ms);
}

} // namespace kata
