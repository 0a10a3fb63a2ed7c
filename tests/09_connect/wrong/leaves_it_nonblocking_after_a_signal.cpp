// Mistake: waits non-blocking after a signal, and leaves the socket so
// Caught by: Robust.ReturnsAnOrdinarySocket
// Says: left O_NONBLOCK set on descriptor
#include "09_connect/rest.h"

#include <fcntl.h>

namespace kata {

int wait_for_the_end(int fd)
{
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

} // namespace kata
