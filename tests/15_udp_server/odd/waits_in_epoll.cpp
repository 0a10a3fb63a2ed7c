// Odd: waits in epoll, without a limit
#include "15_udp_server/udp_server.h"

#include <cerrno>
#include <sys/epoll.h>
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
        epoll_event event{EPOLLIN, {}};
        const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
        if (epoll.get() < 0 || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0)
            throw std::system_error{errno == EPERM ? ENOTSOCK : errno, std::generic_category(), "epoll"};
        if (::epoll_wait(epoll.get(), &event, 1, -1) < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "epoll_wait"};
        received.from.size = sizeof received.from.storage;
        n = ::recvfrom(fd, scratch.data(), scratch.size(), MSG_TRUNC | MSG_DONTWAIT, from, &received.from.size);
    } while (n < 0 && (errno == EINTR || errno == EAGAIN || errno == ECONNREFUSED));
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recvfrom"};
    received.size = static_cast<std::size_t>(n);
    if (received.size > scratch.size())
        return received;
    ssize_t sent = -1;
    do
        sent = ::sendto(fd, scratch.data(), received.size, 0, from, received.from.size);
    while (sent < 0 && (errno == EINTR || errno == ECONNREFUSED));
    received.echoed = sent >= 0;
    return received;
}

} // namespace kata
