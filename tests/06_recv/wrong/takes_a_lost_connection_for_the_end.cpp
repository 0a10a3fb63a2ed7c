// Mistake: takes ETIMEDOUT for the end: the peer has gone, so nothing more will come
// Caught by: Hostile.TellsWhateverBreaksTheConnection
// Says: came      , the end after 0
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno == ETIMEDOUT)
            return 0;
        if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
