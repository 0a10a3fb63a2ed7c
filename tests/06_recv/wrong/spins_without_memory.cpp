// Mistake: ENOMEM is tried again at once, like EINTR
// Caught by: Hostile.TellsWhicheverCallFails
// Says: busy loop: 200 calls in a row
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && errno != ENOMEM)
            fail("recv");
    }
}

} // namespace kata
