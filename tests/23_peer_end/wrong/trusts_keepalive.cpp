// Mistake: switches on keepalive, and thinks that it answers at once
// Caught by: Works.SaysThatNothingHasEnded
// Says: SO_KEEPALIVE
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
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &on, sizeof on);
    pollfd peer{fd, POLLIN | POLLRDHUP, 0};
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
