// Mistake: receives into 1024 bytes of its own, as many samples do, whatever room the caller has
// Caught by: Robust.EchoesTheLargestDatagram
// Says: recvfrom(3, 1024 bytes
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
    std::byte buffer[1024];
    ssize_t n = -1;
    do {
        received.from.size = sizeof received.from.storage;
        n = ::recvfrom(fd, buffer, sizeof buffer, MSG_TRUNC, from, &received.from.size);
    } while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recvfrom"};
    received.size = static_cast<std::size_t>(n);
    if (received.size > sizeof buffer || received.size > scratch.size())
        return received;
    std::copy_n(buffer, received.size, scratch.begin());
    ssize_t sent = -1;
    do
        sent = ::sendto(fd, scratch.data(), received.size, 0, from, received.from.size);
    while (sent < 0 && (errno == EINTR || errno == ECONNREFUSED));
    received.echoed = sent >= 0;
    return received;
}

} // namespace kata
