// Mistake: counts the unread bytes in a short: 40000 of them are a negative number
// Caught by: Works.TellsAnEndBehindBytes
// Says: probe_peer() says fin_with_data
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// poll(2), because it takes nothing. recv(2) with MSG_PEEK leaves the bytes, but takes the error of a reset; SO_ERROR does, too.
// On Linux a look that does not wait may say EINTR, too, where it finds nothing.
short events_of(int fd)
{
    pollfd peer{fd, POLLIN | POLLRDHUP, 0}; // POLLRDHUP comes only if asked for
    while (::poll(&peer, 1, 0) < 0)
        if (errno != EINTR)
            fail("poll");
    return peer.revents;
}

short unread_bytes(int fd)
{
    int n = 0;
    if (::ioctl(fd, FIONREAD, &n) < 0)
        fail("ioctl");
    return static_cast<short>(n);
}

} // namespace

PeerEnd probe_peer(int fd)
{
    const short events = events_of(fd);
    const short unread = unread_bytes(fd); // after the events: behind an end no more bytes come, before it they may. And this
                                           // call does not pass over a negative number, as poll(2) does
    if ((events & POLLERR) != 0)           // not POLLHUP: that comes also when both streams have ended well
        return PeerEnd::reset;
    if ((events & POLLRDHUP) != 0)
        return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
    return PeerEnd::open;
}

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 0}; // on, with no time: close(2) sends RST, and waits for nothing (socket(7), SO_LINGER)
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        fail("setsockopt");
} // `fd` closes here

} // namespace kata
