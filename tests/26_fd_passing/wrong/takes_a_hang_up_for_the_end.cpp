// Mistake: takes POLLHUP for the end of the stream: what was sent before it is lost
// Caught by: Works.TellsTheEndOfTheStream
// Says: nullopt
#include "26_fd_passing/rest.h"

#include <poll.h>

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    pollfd input{wire, POLLIN, 0};
    ssize_t n = -1;
    do
        if (::poll(&input, 1, -1) > 0 && (input.revents & (POLLHUP | POLLERR)) == POLLHUP)
            return 0;
    while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR);
    return n < 0 ? (fail(errno, "recvmsg"), n) : n;
}

} // namespace kata
