// Mistake: takes a descriptor above 1023 for a bad one
// Caught by: Robust.TakesADescriptorAbove1023
// Says: EBADF
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    if (fd >= FD_SETSIZE)
        throw std::system_error{EBADF, std::generic_category(), "probe_peer"};
    pollfd peer{fd, POLLIN | POLLRDHUP, 0};
    int unread = 0;
    if (::ioctl(fd, FIONREAD, &unread) < 0 || (::poll(&peer, 1, 0) < 0 && errno != EINTR))
        throw std::system_error{errno, std::generic_category(), "probe_peer"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
