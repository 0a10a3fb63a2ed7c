#include "15_udp_server/udp_server.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// What an earlier answer met on its way comes back as ICMP, and may come out of any later call on this socket (udp(7), "Error
// handling"). Linux tells it only after connect(2) or with IP_RECVERR, each error once.
bool is_an_earlier_answers(int error)
{
    return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EPROTO;
}

// Returns the size that was sent, which may be more than `room` has.
std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (;;) {
        from.size = sizeof from.storage; // in: the room; out: what is used. So again before each call
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size); // recv(2): the real size
        if (n >= 0) // 0 is an empty datagram: there is no end of a stream here
            return static_cast<std::size_t>(n);
        if (errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

// False when it is lost. There is no "some of it": a datagram goes whole or not at all.
bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    ssize_t n = -1;
    do
        n = ::sendto(fd, datagram.data(), datagram.size(), 0, to.address(), to.size);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED)); // somebody else's error, and this datagram was not sent yet
    return n >= 0;
}

} // namespace

UniqueFd udp_bind(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_DGRAM);
    // No SO_REUSEADDR: UDP has no TIME_WAIT to step over, and with it the last one to bind takes the datagrams of all before.
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    return fd;
}

Received udp_echo_once(int fd, std::span<std::byte> scratch)
{
    Received received;
    received.size = receive(fd, scratch, received.from);
    // Never more than came: whoever forges a sender's address gets nothing out of this server that it did not put in (RFC 8085
    // section 6).
    if (received.size <= scratch.size())
        received.echoed = send_back(fd, scratch.first(received.size), received.from);
    return received;
}

} // namespace kata
