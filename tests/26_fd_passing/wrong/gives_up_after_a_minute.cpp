// Mistake: waits for a minute, and takes silence for the end
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: nullopt
#include "26_fd_passing/rest.h"

#include <poll.h>

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    pollfd input{wire, POLLIN, 0};
    for (;;) {
        const int ready = ::poll(&input, 1, 60'000);
        const ssize_t n = ready > 0 ? ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC) : ready;
        if (n >= 0 || errno != EINTR)
            return n >= 0 ? n : (fail(errno, "recvmsg"), n);
    }
}

} // namespace kata
