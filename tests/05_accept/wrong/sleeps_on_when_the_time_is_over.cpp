// Mistake: tries again after EAGAIN of a blocking listener, as after a signal
// Caught by: Robust.WaitsAsLongAsTheListenerDoes
// Says: still running after
#include "05_accept/rest.h"

#include <fcntl.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    const bool waits = (::fcntl(listen_fd, F_GETFL) & O_NONBLOCK) == 0;
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || (errno == EAGAIN && !waits))
            return client;
        if (errno != EAGAIN && !is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
