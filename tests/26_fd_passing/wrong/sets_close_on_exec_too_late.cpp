// Mistake: makes it close-on-exec with a second call
// Caught by: Works.TakesADescriptorThatWorksHere
// Says: another thread may fork()
#include "26_fd_passing/rest.h"

#include <fcntl.h>

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, 0)) < 0)
        if (errno != EINTR)
            fail(errno, "recvmsg");
    for (UniqueFd& gift : gifts_of(letter))
        ::fcntl(gift.release(), F_SETFD, FD_CLOEXEC); // still in the letter
    return n;
}

} // namespace kata
