// Mistake: lets the kernel give up each client that takes nothing for 30 seconds
// Caught by: Robust.HandsOnTheOptionsOfTheListener
// Says: TCP_USER_TIMEOUT 30000
#include "05_accept/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        const unsigned limit = 30'000;
        if (client)
            ::setsockopt(client->fd.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
