// Mistake: waits at most two minutes for the end of an interrupted attempt
// Caught by: Hostile.WaitsThroughManySignals
// Says: you gave up waiting
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    int ready = 0;
    while ((ready = ::poll(&p, 1, 120'000)) < 0)
        if (errno != EINTR)
            return errno;
    int error = ETIMEDOUT;
    socklen_t size = sizeof error;
    return ready > 0 && ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

} // namespace kata
