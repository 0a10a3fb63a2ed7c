// Mistake: waits until poll() says POLLIN, and takes nothing else that it says: an error stays there
// Caught by: Hostile.HearsTheNewsOfItsOneSender
// Says: busy loop
#include "15_udp_server/rest.h"

#include <poll.h>

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        pollfd wanted{fd, POLLIN, 0};
        if (::poll(&wanted, 1, -1) < 1 || (wanted.revents & (POLLIN | POLLNVAL)) == 0)
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
