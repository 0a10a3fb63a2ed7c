// Mistake: believes that descriptors begin at 1
// Caught by: Robust.TakesAnyDescriptor
// Says: came      "threw EBADF"
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    if (fd <= 0) {
        errno = EBADF;
        fail("recv");
    }
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
