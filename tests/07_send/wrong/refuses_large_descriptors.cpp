// Mistake: knows that an fd_set ends at 1023, and throws there
// Caught by: Robust.TakesDescriptor0AndNumbersAbove1023
// Says: threw std::system_error: select: Invalid argument
#include "07_send/rest.h"

#include <sys/select.h>

namespace kata {

void wait_for_room(int fd)
{
    if (fd >= FD_SETSIZE)
        fail(EINVAL, "select");
    fd_set room;
    FD_ZERO(&room);
    FD_SET(fd, &room);
    if (::select(fd + 1, nullptr, &room, nullptr, nullptr) < 0 && errno != EINTR)
        fail(errno, "select");
}

} // namespace kata
