// Mistake: knows CLOSE_WAIT as the only state after a FIN
// Caught by: Robust.KeepsTheTwoStreamsApart
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
    pollfd peer{fd, 0, 0};
    tcp_info info{};
    socklen_t size = sizeof info;
    int unread = 0;
    ::poll(&peer, 1, 0);
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0 || ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockopt"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if (info.tcpi_state != TCP_CLOSE_WAIT)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
