// Mistake: closes the descriptor when the connection is broken: the caller's close() hits whoever has that number by then
// Caught by: Hostile.TellsAResetFromTheEnd
// Says: descriptor 3 is open whatever came of it
#include "06_recv/rest.h"

#include <unistd.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno == EINTR)
            continue;
        const int error = errno;
        if (error == ECONNRESET)
            ::close(fd);
        errno = error;
        fail("recv");
    }
}

} // namespace kata
