// Mistake: switches the caller's SO_PASSCRED off, so that nothing else comes along
// Caught by: Robust.FindsItBehindOtherMessages
// Says: it is off
#include "26_fd_passing/rest.h"

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    const int off = 0;
    ::setsockopt(wire, SOL_SOCKET, SO_PASSCRED, &off, sizeof off);
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0)
        if (errno != EINTR)
            fail(errno, "recvmsg");
    return n;
}

} // namespace kata
