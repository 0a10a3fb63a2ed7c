// Mistake: waits in poll() without a limit, whatever SO_RCVTIMEO says
// Caught by: Robust.WaitsAsLongAsTheListenerDoes
// Says: stuck: asleep in poll(3
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        ::poll(&queue, 1, (::fcntl(listen_fd, F_GETFL) & O_NONBLOCK) == 0 ? -1 : 0);
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
