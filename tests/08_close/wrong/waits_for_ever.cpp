// Mistake: has no limit at all
// Caught by: Robust.LeavesASilentPeerWhenTheTimeIsOver
// Says: stuck: asleep in recv(3)
#include "08_close/close.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

void wait_for_input(int fd)
{
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, -1) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    char unwanted[16384];
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    if (limit_ms <= 0)
        return CloseResult::timed_out;
    for (;;) {
        const ssize_t n = ::recv(fd.get(), unwanted, sizeof unwanted, 0);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno == EAGAIN)
            wait_for_input(fd.get());
        else if (n < 0 && errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
