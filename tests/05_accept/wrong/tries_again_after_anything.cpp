// Mistake: takes every error for a passing one
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: busy loop
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        Accepted client;
        client.peer.size = sizeof client.peer.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&client.peer.storage);
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC));
        if (client.fd)
            return client;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::nullopt;
    }
}

} // namespace kata
