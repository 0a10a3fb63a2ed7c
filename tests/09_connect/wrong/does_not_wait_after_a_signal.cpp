// Mistake: returns the socket of an interrupted attempt before the attempt is over
// Caught by: Hostile.WaitsThroughManySignals
// Says: you gave up waiting
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

} // namespace kata
