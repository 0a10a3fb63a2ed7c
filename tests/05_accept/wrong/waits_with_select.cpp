// Mistake: waits with select(), which knows no descriptor above 1023
// Caught by: Robust.TakesAListenerOfAnyNumber
// Says: EINVAL
#include "05_accept/rest.h"

#include <fcntl.h>
#include <sys/select.h>
#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    const int flags = ::fcntl(listen_fd, F_GETFL);
    const bool asked = ::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) == 0;
    const bool waits = asked && (flags & O_NONBLOCK) == 0 && limit.tv_sec == 0 && limit.tv_usec == 0;
    for (;;) {
        if (waits && listen_fd >= FD_SETSIZE)
            fail(EINVAL, "select");
        fd_set queue;
        FD_ZERO(&queue);
        if (waits)
            FD_SET(listen_fd, &queue);
        if (waits && ::select(listen_fd + 1, &queue, nullptr, nullptr, nullptr) < 0 && errno != EINTR)
            fail(errno, "select");
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
