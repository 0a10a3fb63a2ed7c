// Mistake: gives up after a hundred dead connections
// Caught by: Robust.TriesAgainAsOftenAsItTakes
// Says: a client
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (int tries = 0;; ++tries) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno) || tries == 100)
            fail(errno, "accept");
    }
}

} // namespace kata
