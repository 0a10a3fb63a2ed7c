// Mistake: asks for -1 by itself, and leaves other negative numbers to poll(), which passes over them
// Caught by: Robust.RefusesWhatIsNoDescriptor
// Says: EBADF
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
    if (::poll(&peer, 1, 0) < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    if (fd == -1 || (peer.revents & POLLNVAL) != 0)
        throw std::system_error{EBADF, std::generic_category(), "poll"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    if (::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "ioctl"};
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
