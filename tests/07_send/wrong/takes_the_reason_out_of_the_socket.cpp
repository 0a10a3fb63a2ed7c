// Mistake: asks for SO_ERROR after poll(), and so takes the reason away from the send() that shall tell it
// Caught by: Hostile.WakesUpWhenThePeerResets
// Says: the reason is ECONNRESET; send_all threw: send: Broken pipe
#include "07_send/rest.h"

namespace kata {

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail(errno, "poll");
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0) // 0: the call went well
        fail(errno, "getsockopt");
}

} // namespace kata
