// Mistake: takes ETIMEDOUT for a limit like EAGAIN that may be tried again: the kernel has given the connection up
// Caught by: Hostile.TellsWhateverBreaksTheConnection
// Says: busy loop
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && errno != ETIMEDOUT)
            fail("recv");
    }
}

} // namespace kata
