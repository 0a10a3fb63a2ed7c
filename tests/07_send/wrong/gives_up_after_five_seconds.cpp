// Mistake: gives a peer up that has taken nothing for five seconds
// Caught by: Robust.WaitsAsLongAsThePeerTakes
// Says: Connection timed out
#include "07_send/rest.h"

namespace kata {

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    const int ready = ::poll(&room, 1, 5000);
    if (ready == 0)
        fail(ETIMEDOUT, "send_all");
    if (ready < 0 && errno != EINTR)
        fail(errno, "poll");
}

} // namespace kata
