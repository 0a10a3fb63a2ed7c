// Odd: waits in poll(), and receives without waiting
#include "26_fd_passing/rest.h"

#include <poll.h>

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    for (;;) {
        pollfd input{wire, POLLIN, 0};
        const int ready = ::poll(&input, 1, -1);
        const ssize_t n = ready < 0 ? -1 : ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        if (n >= 0)
            return n;
        if (errno != EINTR && errno != EAGAIN)
            fail(errno, "recvmsg");
    }
}

} // namespace kata
