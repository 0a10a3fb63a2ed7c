// Mistake: lets one connection that aborted end the server
// Caught by: Robust.TriesAgainAfterADeadConnection
// Says: came      "ECONNABORTED"
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

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
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
