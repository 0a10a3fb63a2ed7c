// Mistake: looks every second whether something has come
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: slept for a fixed time
#include "26_fd_passing/rest.h"

#include <poll.h>

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    pollfd input{wire, POLLIN, 0};
    for (;;) {
        const int ready = ::poll(&input, 1, 1000);
        const ssize_t n = ready > 0 ? ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC) : -1;
        if (n >= 0)
            return n;
        if (ready != 0 && errno != EINTR)
            fail(errno, "recvmsg");
    }
}

} // namespace kata
