// Mistake: asks poll() for the end, and SO_ERROR for the reset: that takes it
// Caught by: Hostile.TellsAReset
// Says: the first look took nothing
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    pollfd peer{fd, POLLIN | POLLRDHUP, 0};
    int unread = 0;
    if (::poll(&peer, 1, 0) < 0 || ::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "probe_peer"};
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
