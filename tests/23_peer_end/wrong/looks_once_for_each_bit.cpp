// Mistake: looks once for each bit: a reset between the looks is an end
// Caught by: Hostile.TakesNoResetBetweenTwoLooksForAnEnd
// Says: no end of the stream has come
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <system_error>

namespace kata {

namespace {

bool shows(int fd, short event)
{
    pollfd peer{fd, POLLRDHUP, 0};
    if (::poll(&peer, 1, 0) < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    return (peer.revents & event) != 0;
}

} // namespace

PeerEnd probe_peer(int fd)
{
    if (::fcntl(fd, F_GETFD) < 0)
        throw std::system_error{errno, std::generic_category(), "fcntl"};
    if (shows(fd, POLLERR))
        return PeerEnd::reset;
    if (!shows(fd, POLLRDHUP))
        return PeerEnd::open;
    int unread = 0;
    if (::ioctl(fd, FIONREAD, &unread) < 0)
        throw std::system_error{errno, std::generic_category(), "ioctl"};
    return unread > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
