// Odd: asks TCP_INFO for the end, and poll() for the reset only
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <linux/sockios.h>
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
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockopt"};
    pollfd peer{fd, 0, 0};
    int unread = 0, ready = 0;
    while ((ready = ::poll(&peer, 1, 0)) < 0 && errno == EINTR) {
    }
    if (ready < 0 || ::ioctl(fd, SIOCINQ, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    const auto state = info.tcpi_state;
    if (state == TCP_ESTABLISHED || state == TCP_FIN_WAIT1 || state == TCP_FIN_WAIT2)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
