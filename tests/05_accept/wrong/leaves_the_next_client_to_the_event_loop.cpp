// Mistake: says nobody after a dead connection where the listener does not block: the event loop comes again
// Caught by: Robust.TriesAgainAfterADeadConnection
// Says: from a listener: it does not block
#include "05_accept/rest.h"

#include <fcntl.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
        if ((::fcntl(listen_fd, F_GETFL) & O_NONBLOCK) != 0)
            return std::nullopt;
    }
}

} // namespace kata
