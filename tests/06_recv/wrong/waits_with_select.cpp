// Mistake: waits with select(): a descriptor above 1023 has no place in its set
// Caught by: Robust.TakesAnyDescriptor
// Says: came      "threw EBADF
#include "06_recv/rest.h"

#include <sys/select.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        fd_set input;
        FD_ZERO(&input);
        if (fd < FD_SETSIZE)
            FD_SET(fd, &input);
        else
            throw std::system_error{EBADF, std::generic_category(), "select"};
        timeval limit{};
        socklen_t size = sizeof limit;
        ::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
        const bool none = limit.tv_sec == 0 && limit.tv_usec == 0;
        const int ready = ::select(fd + 1, &input, nullptr, nullptr, none ? nullptr : &limit);
        if (ready == 0)
            throw std::system_error{EAGAIN, std::generic_category(), "select"};
        const ssize_t n = ready < 0 ? -1 : ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
