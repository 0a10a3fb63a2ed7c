// Mistake: waits for POLLPRI as well, for which somebody must read
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: busy loop
#include "07_send/rest.h"

namespace kata {

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT | POLLPRI, 0};
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail(errno, "poll");
}

} // namespace kata
