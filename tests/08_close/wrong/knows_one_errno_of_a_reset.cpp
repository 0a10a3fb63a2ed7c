// Mistake: asks SO_ERROR first, and takes ECONNRESET only for a reset: behind the peer's end it is EPIPE
// Caught by: Hostile.TellsAResetBehindTheEnd
// Says: threw EPIPE
#include "08_close/rest.h"

namespace kata {

bool says_it_has_finished(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        fail("getsockopt");
    if (error == ECONNRESET)
        return false;
    if (error != 0) {
        errno = error;
        fail("SO_ERROR");
    }
    if (::shutdown(fd, SHUT_WR) == 0)
        return true;
    if (errno != ENOTCONN)
        fail("shutdown");
    return false;
}

} // namespace kata
