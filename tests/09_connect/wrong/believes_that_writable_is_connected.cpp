// Mistake: takes the end of poll() for success, and never asks SO_ERROR
// Caught by: Robust.AsksHowAnInterruptedAttemptEnded
// Says: no error
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

} // namespace kata
