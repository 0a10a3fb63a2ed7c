// Mistake: waits with a poll() that it does not repeat after EINTR
// Caught by: Robust.GoesOnWithTheAttemptAfterASignal
// Says: Interrupted system call
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    if (::poll(&p, 1, -1) < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

} // namespace kata
