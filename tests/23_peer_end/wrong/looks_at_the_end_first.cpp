// Mistake: asks for the end before it asks for the reset
// Caught by: Hostile.TellsAReset
// Says: probe_peer() says reset
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
    if (::poll(&peer, 1, 0) < 0 || ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "probe_peer"};
    if ((peer.revents & POLLRDHUP) != 0)
        return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
    return (peer.revents & POLLERR) != 0 ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
