// Mistake: takes EAGAIN of a blocking listener for a failure
// Caught by: Robust.WaitsAsLongAsTheListenerDoes
// Says: came      "EAGAIN"
#include "05_accept/rest.h"

#include <fcntl.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client)
            return client;
        const int error = errno;
        if (error == EAGAIN && (::fcntl(listen_fd, F_GETFL) & O_NONBLOCK) != 0)
            return std::nullopt;
        if (!is_passing(error))
            fail(error, "accept");
    }
}

} // namespace kata
