// Odd: sendmmsg() and recvmmsg(), each with one message
#include "26_fd_passing/rest.h"

namespace kata {

void sends(int wire, Letter& letter)
{
    mmsghdr one{letter.head, 0};
    while (::sendmmsg(wire, &one, 1, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            fail(errno, "sendmmsg");
}

ssize_t receives(int wire, Letter& letter)
{
    mmsghdr one{letter.head, 0};
    while (::recvmmsg(wire, &one, 1, MSG_CMSG_CLOEXEC, nullptr) < 0)
        if (errno != EINTR)
            fail(errno, "recvmmsg");
    letter.head = one.msg_hdr;
    return static_cast<ssize_t>(one.msg_len);
}

} // namespace kata
