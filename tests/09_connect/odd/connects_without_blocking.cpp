// Odd: connects without blocking, waits with ppoll, asks SO_ERROR, and puts the flag back
#include "09_connect/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

int wait_for_the_end(int fd)
{
    for (;;) {
        pollfd attempt{fd, POLLOUT, 0};
        if (::ppoll(&attempt, 1, nullptr, nullptr) > 0)
            break;
        if (errno != EINTR)
            return errno;
    }
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

int try_to_connect(int fd, const Endpoint& to)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    const int begun = ::connect(fd, to.address(), to.size) == 0 ? 0 : errno;
    const int error = begun == EINPROGRESS || begun == EINTR ? wait_for_the_end(fd) : begun;
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return error;
}

} // namespace kata
