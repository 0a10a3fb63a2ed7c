// Mistake: sets SO_RCVTIMEO once, which is a limit for each recv()
// Caught by: Hostile.ATrickleBuysNoTime
// Says: it was over after
#include "08_close/close.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
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
    if (limit_ms <= 0)
        return CloseResult::timed_out;
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
    const timeval limit{limit_ms / 1000, limit_ms % 1000 * 1000};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
        fail("setsockopt");
    char unwanted[16384];
    for (;;) {
        const ssize_t n = ::recv(fd.get(), unwanted, sizeof unwanted, 0);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno == EAGAIN)
            return CloseResult::timed_out;
        if (n < 0 && errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
