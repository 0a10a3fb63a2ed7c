// Mistake: leaves the socket non-blocking: only its own udp_echo_once() can wait for it
// Caught by: Robust.LeavesTheSocketBlocking
// Says: O_NONBLOCK is set
#include "15_udp_server/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

UniqueFd udp_bind(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_DGRAM);
    ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    return fd;
}

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        pollfd wanted{fd, POLLIN, 0};
        if (::poll(&wanted, 1, -1) < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC | MSG_DONTWAIT, address, &from.size);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && errno != EAGAIN && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

} // namespace kata
