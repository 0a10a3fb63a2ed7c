// Mistake: forgets MSG_NOSIGNAL
// Caught by: Robust.KeepsWhatItCouldNotPass
// Says: SIGPIPE
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    while (::sendmsg(wire, &letter.head, 0) < 0)
        if (errno != EINTR)
            fail(errno, "sendmsg");
}

} // namespace kata
