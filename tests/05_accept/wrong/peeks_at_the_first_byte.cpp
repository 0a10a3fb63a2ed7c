// Mistake: looks whether the client has sent something: that look takes the error of one that has reset
// Caught by: Hostile.HandsOverClientsThatAreGone
// Says: "the end"
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        char first = 0;
        if (client && ::recv(client->fd.get(), &first, 1, MSG_PEEK | MSG_DONTWAIT) < 0)
            errno = 0; // it has not said anything yet
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
