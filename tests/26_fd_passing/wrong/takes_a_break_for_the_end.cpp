// Mistake: takes ECONNRESET for the end of the stream
// Caught by: Hostile.TellsABreakFromTheEnd
// Says: std::system_error with ECONNRESET
#include "26_fd_passing/rest.h"

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0)
        if (errno == ECONNRESET)
            return 0;
        else if (errno != EINTR)
            fail(errno, "recvmsg");
    return n;
}

} // namespace kata
