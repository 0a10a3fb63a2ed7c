// Mistake: knows the states after a FIN, but not CLOSING
// Caught by: Robust.TellsAnEndBeforeYoursHasArrived
// Says: came      open
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    pollfd peer{fd, 0, 0};
    int unread = 0;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0 || ::poll(&peer, 1, 0) < 0 ||
        ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "probe_peer"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    switch (info.tcpi_state) {
    case TCP_CLOSE_WAIT:
    case TCP_LAST_ACK:
    case TCP_TIME_WAIT:
    case TCP_CLOSE: return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
    default: return PeerEnd::open;
    }
}

} // namespace kata
