// Mistake: for ever is INT_MAX milliseconds
// Caught by: Works.SleepsUntilSomebodyComes
// Says: came      "nullopt"
#include "05_accept/rest.h"

#include <climits>
#include <poll.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (::poll(&queue, 1, INT_MAX) == 0)
            return std::nullopt;
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
