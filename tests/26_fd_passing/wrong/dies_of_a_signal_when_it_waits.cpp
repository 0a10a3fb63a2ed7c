// Mistake: takes a signal for an error of recvmsg()
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: recvmsg: Interrupted system call
#include "26_fd_passing/rest.h"

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    const ssize_t n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC);
    return n < 0 ? (fail(errno, "recvmsg"), n) : n;
}

} // namespace kata
