// Mistake: never waits: a full wire is an error
// Caught by: Robust.WaitsForRoom
// Says: sendmsg: Resource temporarily unavailable
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        if (errno != EINTR)
            fail(errno, "sendmsg");
}

} // namespace kata
