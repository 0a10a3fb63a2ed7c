// Mistake: keeps a spare descriptor for the day when there are none left
// Caught by: Works.HandsOverAClient
// Says: leaked a descriptor
#include "05_accept/rest.h"

#include <fcntl.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    static int spare = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        const int error = errno;
        if (error == EMFILE) { // takes the client with it, and sends it away
            UniqueFd{spare}.reset();
            take(listen_fd);
            spare = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        }
        if (!is_passing(error))
            fail(error, "accept");
    }
}

} // namespace kata
