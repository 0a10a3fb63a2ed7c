// Mistake: gives the client the O_NONBLOCK of the listener
// Caught by: Robust.GivesASocketWithFlagsOfItsOwn
// Says: EAGAIN
#include "05_accept/accept.h"

#include <cerrno>
#include <fcntl.h>
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
    for (;;) {
        Accepted client;
        client.peer.size = sizeof client.peer.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&client.peer.storage);
        const int nonblocking = (::fcntl(listen_fd, F_GETFL) & O_NONBLOCK) != 0 ? SOCK_NONBLOCK : 0;
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC | nonblocking));
        if (client.fd)
            return client;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::nullopt;
        if (!is_passing(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
