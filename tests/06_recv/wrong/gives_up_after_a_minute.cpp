// Mistake: gives a peer up that is silent for a minute, whatever its caller wants
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: threw ETIMEDOUT
#include "06_recv/rest.h"

#include <poll.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, 60'000);
        if (ready == 0)
            throw std::system_error{ETIMEDOUT, std::generic_category(), "recv"};
        const ssize_t n = ready > 0 ? ::recv(fd, room.data(), room.size(), 0) : -1;
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
