// Mistake: waits a tenth of a second with poll() on nothing before it looks
// Caught by: Robust.SleepsUntilSomethingComes
// Says: ms too late
#include "06_recv/rest.h"

#include <poll.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno == EAGAIN)
            ::poll(nullptr, 0, 100);
        else if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
