// Mistake: takes the room that it gave for the size that came back
// Caught by: Works.NamesAClientOfEitherFamily
// Says: came      128
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    socklen_t size = client.peer.size;
    client.fd.reset(::accept4(listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &size, SOCK_CLOEXEC));
    if (!client.fd)
        return std::nullopt;
    return client;
}

} // namespace kata
