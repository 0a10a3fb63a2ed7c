// Mistake: sends at most 1472 bytes at a time, for the sake of the MTU: the receiver gets many datagrams
// Caught by: Robust.EchoesTheLargestDatagram
// Says: (1472 bytes)
#include "15_udp_server/udp_server.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd udp_bind(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_DGRAM);
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    return fd;
}

Received udp_echo_once(int fd, std::span<std::byte> scratch)
{
    Received received;
    auto* const from = reinterpret_cast<sockaddr*>(&received.from.storage);
    ssize_t n = -1;
    do {
        received.from.size = sizeof received.from.storage;
        n = ::recvfrom(fd, scratch.data(), scratch.size(), MSG_TRUNC, from, &received.from.size);
    } while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recvfrom"};
    received.size = static_cast<std::size_t>(n);
    if (received.size > scratch.size())
        return received;
    std::size_t done = 0;
    do {
        const std::size_t piece = std::min<std::size_t>(received.size - done, 1472);
        const ssize_t sent = ::sendto(fd, scratch.data() + done, piece, 0, from, received.from.size);
        if (sent < 0 && errno != EINTR && errno != ECONNREFUSED)
            return received;
        done += sent > 0 ? static_cast<std::size_t>(sent) : 0;
        received.echoed = sent >= 0;
    } while (!received.echoed || done < received.size);
    return received;
}

} // namespace kata
