// Mistake: asks poll() for POLLIN only: POLLRDHUP does not come by itself
// Caught by: Works.TellsTheEndOfTheStream
// Says: probe_peer() says fin
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    pollfd peer{fd, POLLIN, 0};
    int unread = 0;
    if (::poll(&peer, 1, 0) < 0 || ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "probe_peer"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
