// Mistake: waits in select(), so it refuses descriptors above 1023
// Caught by: Robust.WaitsOnADescriptorAbove1023
// Says: select: Invalid argument
#include "15_udp_server/rest.h"

#include <sys/select.h>

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        if (fd >= FD_SETSIZE)
            throw std::system_error{EINVAL, std::generic_category(), "select"};
        fd_set watched;
        FD_ZERO(&watched);
        FD_SET(fd, &watched);
        if (::select(fd + 1, &watched, nullptr, nullptr, nullptr) < 0 && errno == EINTR)
            continue;
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

} // namespace kata
