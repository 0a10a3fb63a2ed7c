// Mistake: tries once more after a signal, and takes the second one for an error of sendmsg()
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: sendmsg: Interrupted system call
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    if (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0)
        if (errno != EINTR || ::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0)
            fail(errno, "sendmsg");
}

} // namespace kata
