// Mistake: names the address in the message: for a Unix socket that throws something else
// Caught by: Robust.ThrowsWhenThereIsNoListener
// Says: came      "EAFNOSUPPORT"
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        const int error = errno;
        if (!is_passing(error))
            fail(error, ("accept on " + to_string(local_endpoint(listen_fd))).c_str());
    }
}

} // namespace kata
