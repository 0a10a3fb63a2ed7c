// Mistake: counts the bytes of its room in 16 bits: 65536 are none
// Caught by: Robust.EchoesTheLargestDatagram
// Says: expected  ann receives the datagram
#include "15_udp_server/rest.h"

#include <cstdint>

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), static_cast<std::uint16_t>(room.size()), MSG_TRUNC, address, &from.size);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

} // namespace kata
