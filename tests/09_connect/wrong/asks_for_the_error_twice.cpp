// Mistake: reads SO_ERROR a second time to report it, and by then it is 0
// Caught by: Robust.AsksHowAnInterruptedAttemptEnded
// Says: SO_ERROR
#include "09_connect/rest.h"

namespace kata {

static int take_error(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    return take_error(fd) == 0 ? 0 : take_error(fd);
}

} // namespace kata
