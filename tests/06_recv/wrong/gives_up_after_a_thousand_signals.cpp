// Mistake: gives up after a thousand signals without a byte
// Caught by: Robust.CountsNoSignals
// Says: threw EINTR
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (int signals = 0;; ++signals) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR || signals == 1000)
            fail("recv");
    }
}

} // namespace kata
