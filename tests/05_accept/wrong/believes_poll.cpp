// Mistake: believes what poll() said a moment ago, and takes EAGAIN for a failure then
// Caught by: Robust.LetsAnotherBeFaster
// Says: came      "EAGAIN"
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    const int flags = ::fcntl(listen_fd, F_GETFL);
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (flags >= 0 && (flags & O_NONBLOCK) != 0 && ::poll(&queue, 1, 0) == 0)
            return std::nullopt;
        if (std::optional<Accepted> client = take(listen_fd))
            return client;
        if (errno == EAGAIN && (flags & O_NONBLOCK) == 0) // SO_RCVTIMEO
            return std::nullopt;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
