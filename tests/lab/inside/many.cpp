// recvmmsg(2) and sendmmsg(2). In the kernel each is a loop of recvmsg or sendmsg, and so they are recorded: one line for each
// datagram, and each can be made to fail.
#include "lab/inside/clock.h"
#include "lab/inside/shim.h"

#include <cerrno>
#include <sys/socket.h>

using namespace lab;

LAB_REAL(int, recvmmsg, int, mmsghdr*, unsigned, int, timespec*)
LAB_REAL(int, sendmmsg, int, mmsghdr*, unsigned, int)

// As in the kernel, the time is looked at only when a datagram has come (recvmmsg(2), BUGS).
LAB_SHIM(int, recvmmsg, (int fd, mmsghdr* messages, unsigned n, int flags, timespec* timeout))
{
    if (!is_recorded(fd))
        return real_recvmmsg()(fd, messages, n, flags, timeout);
    const std::int64_t end = end_in(timeout);
    const int before = errno;
    unsigned got = 0;
    while (got < n && (got == 0 || recording->clock.now < end)) {
        const int waiting = got > 0 && (flags & MSG_WAITFORONE) != 0 ? MSG_DONTWAIT : 0;
        const ssize_t size = ::recvmsg(fd, &messages[got].msg_hdr, (flags & ~MSG_WAITFORONE) | waiting);
        if (size < 0)
            break;
        messages[got++].msg_len = static_cast<unsigned>(size);
    }
    if (got == 0 && n > 0)
        return -1;
    errno = before;
    return static_cast<int>(got);
}

LAB_SHIM(int, sendmmsg, (int fd, mmsghdr* messages, unsigned n, int flags))
{
    if (!is_recorded(fd))
        return real_sendmmsg()(fd, messages, n, flags);
    const int before = errno;
    unsigned sent = 0;
    for (; sent < n; ++sent) {
        const ssize_t size = ::sendmsg(fd, &messages[sent].msg_hdr, flags);
        if (size < 0)
            break;
        messages[sent].msg_len = static_cast<unsigned>(size);
    }
    if (sent == 0 && n > 0)
        return -1;
    errno = before;
    return static_cast<int>(sent);
}
