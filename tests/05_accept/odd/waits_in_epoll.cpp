// Odd: an epoll of its own for each call, and O_NONBLOCK cleared by hand
#include "05_accept/accept.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENOPROTOOPT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case EOPNOTSUPP: return true;
    default: return false;
    }
}

} // namespace

std::optional<Accepted> accept_one(int listen_fd)
{
    const int status = ::fcntl(listen_fd, F_GETFL);
    const bool waits = status >= 0 && (status & O_NONBLOCK) == 0;
    UniqueFd epoll{waits ? ::epoll_create1(EPOLL_CLOEXEC) : -1};
    epoll_event event{};
    event.events = EPOLLIN;
    if (epoll && ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, listen_fd, &event) < 0)
        throw std::system_error{errno, std::generic_category(), "epoll_ctl"};
    for (;;) {
        if (epoll && ::epoll_wait(epoll.get(), &event, 1, -1) < 0)
            continue;
        Accepted client;
        client.peer.size = sizeof client.peer.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&client.peer.storage);
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC));
        if (client.fd) {
            ::fcntl(client.fd.get(), F_SETFL, ::fcntl(client.fd.get(), F_GETFL) & ~O_NONBLOCK);
            return client;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::nullopt;
        if (!is_passing(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
