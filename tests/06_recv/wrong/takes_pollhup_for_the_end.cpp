// Mistake: takes POLLHUP for the end: it says that both sides have ended, and not that all is read
// Caught by: Robust.ReadsWhatStandsBeforeTheEnd
// Says: the end after 0
#include "06_recv/rest.h"

#include <poll.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        pollfd state{fd, 0, 0};
        if (::poll(&state, 1, 0) > 0 && state.revents == POLLHUP)
            return 0;
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
