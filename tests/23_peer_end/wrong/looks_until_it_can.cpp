// Mistake: looks again until the look succeeds, whatever the error was
// Caught by: Robust.SaysSoWhenNoLookIsPossible
// Says: busy loop
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    pollfd peer{fd, POLLIN | POLLRDHUP, 0};
    int unread = 0;
    while (::poll(&peer, 1, 0) < 0) {
    }
    if (::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "ioctl"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
