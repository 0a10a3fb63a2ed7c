// Mistake: room for the descriptor alone: other control messages push it out
// Caught by: Robust.FindsItBehindOtherMessages
// Says: descriptors lost
#include "26_fd_passing/rest.h"

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    letter.head.msg_controllen = CMSG_SPACE(sizeof(int));
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0)
        if (errno != EINTR)
            fail(errno, "recvmsg");
    return n;
}

} // namespace kata
