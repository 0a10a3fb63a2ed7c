// Mistake: tries again when there is no memory
// Caught by: Robust.DoesNotWaitForMemory
// Says: came      no exception
#include "15_udp_server/udp_server.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

bool is_an_earlier_answers(int error)
{
    return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EPROTO;
}

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != ENOMEM && errno != ENOBUFS && errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    ssize_t n = -1;
    do
        n = ::sendto(fd, datagram.data(), datagram.size(), 0, to.address(), to.size);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    return n >= 0;
}

} // namespace

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
    received.size = receive(fd, scratch, received.from);
    if (received.size <= scratch.size())
        received.echoed = send_back(fd, scratch.first(received.size), received.from);
    return received;
}

} // namespace kata
