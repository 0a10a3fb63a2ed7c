// Mistake: sets SO_LINGER {1, 0}, so that failed attempts leave nothing behind; the connection ends with a RST, too
// Caught by: Robust.ReturnsAnOrdinarySocket
// Says: left SO_LINGER of descriptor
#include "09_connect/rest.h"

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    const linger abort{1, 0};
    if (::setsockopt(fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort) < 0)
        return errno;
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

} // namespace kata
