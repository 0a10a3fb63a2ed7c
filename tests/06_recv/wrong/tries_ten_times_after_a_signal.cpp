// Mistake: tries ten times after a signal: the eleventh is fatal
// Caught by: Robust.CarriesOnAfterASignal
// Says: threw EINTR
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (int tries = 0;; ++tries) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR || tries == 10)
            fail("recv");
    }
}

} // namespace kata
