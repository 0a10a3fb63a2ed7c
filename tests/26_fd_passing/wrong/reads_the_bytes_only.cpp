// Mistake: reads with recv(): the kernel throws the descriptor away
// Caught by: Works.TakesADescriptorThatWorksHere
// Says: Bad message
#include "26_fd_passing/rest.h"

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    letter.head.msg_controllen = 0;
    ssize_t n = 0;
    while ((n = ::recv(wire, &letter.tag, 1, 0)) < 0)
        if (errno != EINTR)
            fail(errno, "recv");
    return n;
}

} // namespace kata
