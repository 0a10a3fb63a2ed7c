// Mistake: takes a poll() that failed for the end of the attempt
// Caught by: Robust.TellsWhicheverCallFailsAfterASignal
// Says: poll(), the 1st, fails with ENOMEM
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0 && errno == EINTR) {
    }
    if (p.revents == 0)
        return EIO;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

} // namespace kata
