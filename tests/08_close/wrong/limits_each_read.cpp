// Mistake: gives each recv() the whole limit
// Caught by: Hostile.ATrickleBuysNoTime
// Says: it was over after
#include "08_close/close.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    char unwanted[16384];
    for (;;) {
        pollfd input{fd.get(), POLLIN, 0};
        const int ready = ::poll(&input, 1, limit_ms < 0 ? 0 : limit_ms);
        if (ready == 0)
            return CloseResult::timed_out;
        if (ready < 0 && errno != EINTR)
            fail("poll");
        const ssize_t n = ::recv(fd.get(), unwanted, sizeof unwanted, MSG_DONTWAIT);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
    }
}

} // namespace kata
