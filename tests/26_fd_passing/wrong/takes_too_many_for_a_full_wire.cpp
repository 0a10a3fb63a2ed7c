// Mistake: takes ETOOMANYREFS for a full wire, and tries again until somebody has taken some
// Caught by: Robust.TellsThatTooManyAreOnTheirWay
// Says: ETOOMANYREFS
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0) {
        if (errno == ETOOMANYREFS)
            ::usleep(1000);
        else if (errno != EINTR)
            fail(errno, "sendmsg");
    }
}

} // namespace kata
