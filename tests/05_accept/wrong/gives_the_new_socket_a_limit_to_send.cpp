// Mistake: gives the new socket a limit for sending, so that a client who does not read holds nobody up
// Caught by: Robust.HandsOnTheOptionsOfTheListener
// Says: SO_SNDTIMEO 30 s
#include "05_accept/rest.h"

#include <sys/time.h>

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    client.fd.reset(::accept4(listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size, SOCK_CLOEXEC));
    if (!client.fd)
        return std::nullopt;
    const timeval limit{.tv_sec = 30, .tv_usec = 0};
    ::setsockopt(client.fd.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    return client;
}

} // namespace kata
