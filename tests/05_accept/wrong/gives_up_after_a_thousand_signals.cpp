// Mistake: gives up after a thousand signals
// Caught by: Robust.TriesAgainAsOftenAsItTakes
// Says: came      "EINTR"
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (int signals = 0;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno) || (errno == EINTR && ++signals == 1000))
            fail(errno, "accept");
    }
}

} // namespace kata
