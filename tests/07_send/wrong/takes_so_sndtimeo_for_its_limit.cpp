// Mistake: believes that EAGAIN of a blocking socket is an error
// Caught by: Robust.WaitsAsLongAsThePeerTakes
// Says: Resource temporarily unavailable
#include "07_send/rest.h"

#include <fcntl.h>

namespace kata {

void wait_for_room(int fd)
{
    if ((::fcntl(fd, F_GETFL) & O_NONBLOCK) == 0)
        fail(EAGAIN, "send");
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail(errno, "poll");
}

} // namespace kata
