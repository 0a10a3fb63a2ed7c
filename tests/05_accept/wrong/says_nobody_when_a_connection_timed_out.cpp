// Mistake: takes ETIMEDOUT, an error of a connection, for the end of SO_RCVTIMEO
// Caught by: Robust.SaysNobodyForNothingElse
// Says: expected  ETIMEDOUT
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN || errno == ETIMEDOUT)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
