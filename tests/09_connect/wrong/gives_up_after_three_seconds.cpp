// Mistake: limits connect() with SO_SNDTIMEO, which nobody asked for
// Caught by: Hostile.WaitsAsLongAsTheKernelDoes
// Says: you gave up after less than ten minutes
#include "09_connect/rest.h"

#include <sys/time.h>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    const timeval limit{3, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

} // namespace kata
