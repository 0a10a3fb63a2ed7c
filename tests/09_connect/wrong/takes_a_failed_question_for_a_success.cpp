// Mistake: does not look whether getsockopt() has answered
// Caught by: Robust.TellsWhicheverCallFailsAfterASignal
// Says: getsockopt(), the 1st, fails with ENOBUFS
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    int error = ECONNABORTED; // stays so when nobody answers
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

} // namespace kata
