// Mistake: looks at errno when 0 bytes came, which is no failure: after a signal an empty datagram passes for another signal
// Caught by: Robust.TriesAgainOnlyWhatCanPass
// Says: ann receives an empty datagram
#include "15_udp_server/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size);
        if (n <= 0 && (errno == EINTR || is_an_earlier_answers(errno)))
            continue;
        if (n >= 0)
            return static_cast<std::size_t>(n);
        throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

} // namespace kata
