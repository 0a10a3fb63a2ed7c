// Mistake: makes the listener non-blocking so that poll() and accept() cannot hang
// Caught by: Robust.LeavesTheListenerAsItWas
// Says: left O_NONBLOCK set on descriptor 3
#include "05_accept/accept.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
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
    const int flags = ::fcntl(listen_fd, F_GETFL);
    const bool waits = (flags & O_NONBLOCK) == 0;
    ::fcntl(listen_fd, F_SETFL, flags | O_NONBLOCK);
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        while (::poll(&queue, 1, waits ? -1 : 0) < 0 && errno == EINTR) {
        }
        Accepted client;
        client.peer.size = sizeof client.peer.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&client.peer.storage);
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC));
        if (client.fd)
            return client;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (waits)
                continue;
            return std::nullopt;
        }
        if (!is_passing(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
