// Mistake: never looks at the result of sendmsg()
// Caught by: Robust.KeepsWhatItCouldNotPass
// Says: std::system_error with EPIPE
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

} // namespace kata
