// Mistake: plain accept(), and close-on-exec in a second step
// Caught by: Robust.GivesASocketWithFlagsOfItsOwn
// Says: a moment after accept() in which
#include "05_accept/rest.h"

#include <fcntl.h>

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    client.fd.reset(::accept(listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size));
    if (!client.fd)
        return std::nullopt;
    ::fcntl(client.fd.get(), F_SETFD, FD_CLOEXEC);
    return client;
}

} // namespace kata
