// Mistake: a program that it starts gets what was passed, too
// Caught by: Works.TakesADescriptorThatWorksHere
// Says: is started by exec
#include "26_fd_passing/rest.h"

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, 0)) < 0)
        if (errno != EINTR)
            fail(errno, "recvmsg");
    return n;
}

} // namespace kata
