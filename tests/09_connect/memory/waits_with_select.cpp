// Mistake: FD_SET of a descriptor above 1023 writes behind the set
// Caught by: Robust.WaitsOnADescriptorAbove1023
// Says: index 17 out of bounds
#include "09_connect/rest.h"

#include <sys/select.h>

namespace kata {

int wait_for_the_end(int fd)
{
    for (;;) {
        fd_set attempt;
        FD_ZERO(&attempt);
        FD_SET(fd, &attempt);
        if (::select(fd + 1, nullptr, &attempt, nullptr, nullptr) > 0)
            break;
        if (errno != EINTR)
            return errno;
    }
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

} // namespace kata
