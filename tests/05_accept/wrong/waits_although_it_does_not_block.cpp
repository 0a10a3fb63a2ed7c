// Mistake: waits for the time of SO_RCVTIMEO, and does not ask whether the listener blocks at all
// Caught by: Robust.AsksTheListenerEachTime
// Says: came      "a client"
#include "05_accept/rest.h"

#include <algorithm>
#include <climits>
#include <poll.h>
#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        timeval limit{};
        socklen_t size = sizeof limit;
        ::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
        const long long ms = limit.tv_sec * 1000LL + limit.tv_usec / 1000;
        pollfd queue{listen_fd, POLLIN, 0};
        if (ms > 0)
            ::poll(&queue, 1, static_cast<int>(std::min<long long>(ms, INT_MAX)));
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
