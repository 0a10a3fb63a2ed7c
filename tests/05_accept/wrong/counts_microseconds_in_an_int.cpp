// Mistake: counts the limit in microseconds, in an int: an hour is too long for it
// Caught by: Robust.WaitsAsLongAsTheListenerDoes
// Says: stuck: asleep in poll(3)
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
    const auto us = static_cast<int>(static_cast<unsigned>(limit.tv_sec) * 1000000U + static_cast<unsigned>(limit.tv_usec));
    const int flags = ::fcntl(listen_fd, F_GETFL);
    const bool waits = flags < 0 || (flags & O_NONBLOCK) == 0;
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (::poll(&queue, 1, !waits ? 0 : us == 0 ? -1 : us / 1000) == 0)
            return std::nullopt;
        std::optional<Accepted> client = take(listen_fd);
        if (client)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
