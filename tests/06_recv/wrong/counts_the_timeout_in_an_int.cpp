// Mistake: waits in poll for SO_RCVTIMEO, in an int of milliseconds: fifty days are less than a second
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: threw EAGAIN
#include "06_recv/rest.h"

#include <poll.h>
#include <sys/time.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    if (::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) < 0)
        fail("getsockopt");
    const auto ms = static_cast<int>(limit.tv_sec * 1000 + limit.tv_usec / 1000);
    for (;;) {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, ms == 0 ? -1 : ms);
        if (ready == 0)
            errno = EAGAIN;
        const ssize_t n = ready > 0 ? ::recv(fd, room.data(), room.size(), 0) : -1;
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
