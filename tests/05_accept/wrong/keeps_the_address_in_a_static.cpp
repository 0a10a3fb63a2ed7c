// Mistake: the room for the address belongs to all threads, and so does its size
// Caught by: Robust.ServesTwoThreadsAtOnce
// Says: "[::1]:
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    static Endpoint peer;
    peer.size = sizeof peer.storage;
    UniqueFd fd{::accept4(listen_fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size, SOCK_CLOEXEC)};
    if (!fd)
        return std::nullopt;
    return Accepted{std::move(fd), peer};
}

} // namespace kata
