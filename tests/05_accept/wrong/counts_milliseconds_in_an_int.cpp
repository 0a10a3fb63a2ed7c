// Mistake: counts the limit in milliseconds, in an int: fifty days are less than a second
// Caught by: Robust.TakesWhoComesInTime
// Says: came      "nullopt"
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    ::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
    const auto ms = static_cast<int>(limit.tv_sec * 1000 + limit.tv_usec / 1000);
    const int flags = ::fcntl(listen_fd, F_GETFL);
    const bool waits = flags < 0 || (flags & O_NONBLOCK) == 0;
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (::poll(&queue, 1, !waits ? 0 : ms == 0 ? -1 : ms) == 0)
            return std::nullopt;
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
