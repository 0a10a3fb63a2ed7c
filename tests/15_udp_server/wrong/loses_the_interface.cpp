// Mistake: copies the sender's address field by field, and forgets the interface of a link-local one
// Caught by: Robust.AnswersASenderBehindAnInterface
// Says: came      "[fe80::5]"
#include "15_udp_server/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size);
        if (from.family() == AF_INET6) {
            const auto& in6 = reinterpret_cast<const sockaddr_in6&>(from.storage);
            sockaddr_in6 clean{};
            clean.sin6_family = AF_INET6;
            clean.sin6_port = in6.sin6_port;
            clean.sin6_addr = in6.sin6_addr;
            reinterpret_cast<sockaddr_in6&>(from.storage) = clean;
        }
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

} // namespace kata
