// Mistake: takes EINTR for the end of the time where the listener has one
// Caught by: Robust.TakesWhoComesInTime
// Says: nullopt
#include "05_accept/rest.h"

#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    if (::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) < 0)
        fail(errno, "getsockopt");
    const bool has_limit = limit.tv_sec != 0 || limit.tv_usec != 0;
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN || (errno == EINTR && has_limit))
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
