// Mistake: reports errno after poll() instead of the error of the attempt
// Caught by: Robust.AsksHowAnInterruptedAttemptEnded
// Says: EINTR
#include "09_connect/rest.h"

namespace kata {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0 && errno == EINTR) {
    }
    return (p.revents & POLLERR) != 0 ? errno : 0;
}

} // namespace kata
