// Mistake: limits the attempt to an hour, and leaves the limit on the socket that it returns
// Caught by: Robust.ReturnsAnOrdinarySocket
// Says: left SO_SNDTIMEO of descriptor
#include "09_connect/rest.h"

#include <sys/time.h>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    const timeval limit{.tv_sec = 3600, .tv_usec = 0};
    if (::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) < 0)
        return errno;
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

} // namespace kata
