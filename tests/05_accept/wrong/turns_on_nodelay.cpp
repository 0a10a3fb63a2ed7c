// Mistake: turns on TCP_NODELAY for each client, which nobody asked for
// Caught by: Robust.HandsOnTheOptionsOfTheListener
// Says: TCP_NODELAY 1
#include "05_accept/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        const int on = 1;
        if (client)
            ::setsockopt(client->fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
