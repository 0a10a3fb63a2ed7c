// Mistake: connects without blocking, and waits a second for each address
// Caught by: Hostile.WaitsAsLongAsTheKernelDoes
// Says: you gave up after less than ten minutes
#include "09_connect/rest.h"

#include <fcntl.h>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
    int error = ::connect(fd, to.address(), to.size) == 0 ? 0 : errno;
    pollfd p{fd, POLLOUT, 0};
    while (error == EINPROGRESS) {
        const int ready = ::poll(&p, 1, 1000);
        error = ready > 0 ? wait_for_the_end(fd) : ready == 0 ? ETIMEDOUT : errno == EINTR ? EINPROGRESS : errno;
    }
    ::fcntl(fd, F_SETFL, 0);
    return error;
}

} // namespace kata
