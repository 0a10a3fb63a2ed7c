// Mistake: takes the limit that the new socket has from its listener away
// Caught by: Robust.HandsOnTheOptionsOfTheListener
// Says: came      SO_RCVTIMEO 0 s
#include "05_accept/rest.h"

#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        const timeval none{};
        if (client)
            ::setsockopt(client->fd.get(), SOL_SOCKET, SO_RCVTIMEO, &none, sizeof none);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
