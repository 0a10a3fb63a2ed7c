// Mistake: one static pollfd for all calls: of two threads that look at once, one is told about the connection of the other
// Caught by: Robust.KeepsTheThreadsApart
// Says: open
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    static pollfd peer;
    peer = {fd, POLLIN | POLLRDHUP, 0};
    int unread = 0;
    int ready = 0;
    while ((ready = ::poll(&peer, 1, 0)) < 0 && errno == EINTR) {
    }
    if (ready < 0 || ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "probe_peer"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
