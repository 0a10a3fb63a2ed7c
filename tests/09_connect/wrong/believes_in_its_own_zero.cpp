// Mistake: a getsockopt() that fails leaves the 0 that it began with, and that is taken for a success
// Caught by: Robust.TakesNoAnswerForNoSuccess
// Says: hears "hello"
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

} // namespace kata
