// Mistake: lets go of the descriptor while it builds the result
// Caught by: Works.HandsOverAClient
// Says: leaked a descriptor: 4 (from accept4)
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

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
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC));
        if (client.fd)
            return Accepted{UniqueFd{::dup(client.fd.release())}, client.peer};
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::nullopt;
        if (!is_passing(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
