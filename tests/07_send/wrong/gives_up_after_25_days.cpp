// Mistake: for ever is INT_MAX milliseconds
// Caught by: Robust.WaitsAsLongAsThePeerTakes
// Says: threw ETIMEDOUT
#include "07_send/rest.h"

#include <climits>

namespace kata {

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    const int ready = ::poll(&room, 1, INT_MAX);
    if (ready <= 0 && errno != EINTR)
        fail(ready == 0 ? ETIMEDOUT : errno, "poll");
}

} // namespace kata
