// Mistake: makes the listener non-blocking for a while, and forgets it when it throws
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: left O_NONBLOCK set on descriptor 3
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    const int flags = ::fcntl(listen_fd, F_GETFL);
    ::fcntl(listen_fd, F_SETFL, flags | O_NONBLOCK);
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        while (::poll(&queue, 1, (flags & O_NONBLOCK) == 0 ? -1 : 0) < 0) {
        }
        std::optional<Accepted> client = take(listen_fd);
        if (!client && errno != EAGAIN) {
            if (is_passing(errno))
                continue;
            fail(errno, "accept");
        }
        ::fcntl(listen_fd, F_SETFL, flags);
        return client;
    }
}

} // namespace kata
