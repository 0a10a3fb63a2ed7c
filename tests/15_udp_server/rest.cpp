// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "15_udp_server/rest.h"

namespace kata {

[[gnu::weak]] bool is_an_earlier_answers(int error)
{
    return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EPROTO;
}

[[gnu::weak]] std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

[[gnu::weak]] bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    ssize_t n = -1;
    do
        n = ::sendto(fd, datagram.data(), datagram.size(), 0, to.address(), to.size);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    return n >= 0;
}

[[gnu::weak]] UniqueFd udp_bind(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_DGRAM);
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    return fd;
}

[[gnu::weak]] Received udp_echo_once(int fd, std::span<std::byte> scratch)
{
    Received received;
    received.size = receive(fd, scratch, received.from);
    received.echoed = received.size <= scratch.size() && send_back(fd, scratch.first(received.size), received.from);
    return received;
}

} // namespace kata
