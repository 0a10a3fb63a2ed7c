// Mistake: takes the state CLOSE for a reset: two clean ends lead there, too
// Caught by: Robust.KeepsTheTwoStreamsApart
// Says: came      reset
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    int unread = 0;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0 || ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockopt"};
    switch (info.tcpi_state) {
    case TCP_ESTABLISHED:
    case TCP_FIN_WAIT1:
    case TCP_FIN_WAIT2: return PeerEnd::open;
    case TCP_CLOSE: return PeerEnd::reset;
    default: return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
    }
}

} // namespace kata
