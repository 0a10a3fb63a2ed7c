// Mistake: makes the socket non-blocking while it works, and puts that back only when all went well
// Caught by: Hostile.TellsAResetFromTheEnd
// Says: O_NONBLOCK
#include "06_recv/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    const int mode = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, mode | O_NONBLOCK);
    ssize_t n = 0;
    while ((n = ::recv(fd, room.data(), room.size(), 0)) < 0) {
        pollfd input{fd, POLLIN, 0};
        if (errno != EINTR && errno != EAGAIN)
            fail("recv");
        if (errno == EAGAIN && ::poll(&input, 1, -1) < 0 && errno != EINTR)
            fail("poll");
    }
    ::fcntl(fd, F_SETFL, mode);
    return static_cast<std::size_t>(n);
}

} // namespace kata
