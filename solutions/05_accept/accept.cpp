#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// What ended one connection, or only interrupted us: the listener is well, and the next call may sleep or succeed (accept(2),
// "Error handling"). EOPNOTSUPP stands in that list too, but also says that `listen_fd` will never be a listener: a retry would
// then spin, so it is thrown.
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
    case ENONET: return true;
    default: return false;
    }
}

} // namespace

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        Accepted client;
        client.peer.size = sizeof client.peer.storage; // in: the room, enough for any family; out: what is used
        auto* const address = reinterpret_cast<sockaddr*>(&client.peer.storage);
        // The address comes from here: getpeername(2) fails with ENOTCONN for a client that has reset by now. Close-on-exec is
        // set in the same step: a fork of another thread cannot slip in between. O_NONBLOCK is not inherited (accept(2),
        // STANDARDS).
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC));
        if (client.fd)
            return client;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::nullopt;
        if (!is_passing(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
