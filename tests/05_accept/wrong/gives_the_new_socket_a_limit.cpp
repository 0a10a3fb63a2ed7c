// Mistake: gives the new socket a limit of an hour that nobody asked for
// Caught by: Robust.GivesASocketWithFlagsOfItsOwn
// Says: EAGAIN
#include "05_accept/rest.h"

#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        const timeval limit{.tv_sec = 3600, .tv_usec = 0};
        if (client)
            ::setsockopt(client->fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
