// Mistake: a signal during the wait makes it call itself: one frame more on the stack for each
// Caught by: Robust.GoesOnWithTheAttemptAfterASignal
// Says: AddressSanitizer: stack-overflow
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd one[8] = {{fd, POLLOUT, 0}};
    if (::poll(one, 1, -1) >= 0) {
        int error = 0;
        socklen_t size = sizeof error;
        return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
    }
    const int error = errno == EINTR ? wait_for_the_end(fd) : errno;
    return error != 0 && one[0].fd == fd ? error : 0;
}

} // namespace kata
