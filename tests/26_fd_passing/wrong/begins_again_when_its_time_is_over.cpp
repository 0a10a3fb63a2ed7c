// Mistake: takes EAGAIN of a wire with SO_SNDTIMEO for a signal, and begins again
// Caught by: Robust.WaitsForRoom
// Says: std::system_error with EAGAIN
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0)
        if (errno != EINTR && errno != EAGAIN)
            fail(errno, "sendmsg");
}

} // namespace kata
