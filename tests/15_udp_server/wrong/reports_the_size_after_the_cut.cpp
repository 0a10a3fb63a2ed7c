// Mistake: sees MSG_TRUNC in msg_flags, and reports as size what was left
// Caught by: Robust.ReportsADatagramThatDoesNotFit
// Says: came      8
#include "15_udp_server/udp_server.h"

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
    iovec piece{scratch.data(), scratch.size()};
    msghdr message{};
    message.msg_name = from;
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    ssize_t n = -1;
    do {
        message.msg_namelen = sizeof received.from.storage;
        n = ::recvmsg(fd, &message, 0);
    } while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recvfrom"};
    received.from.size = message.msg_namelen;
    received.size = static_cast<std::size_t>(n);
    if ((message.msg_flags & MSG_TRUNC) != 0)
        return received;
    ssize_t sent = -1;
    do
        sent = ::sendto(fd, scratch.data(), received.size, 0, from, received.from.size);
    while (sent < 0 && (errno == EINTR || errno == ECONNREFUSED));
    received.echoed = sent >= 0;
    return received;
}

} // namespace kata
