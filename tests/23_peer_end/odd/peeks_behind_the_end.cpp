// Odd: peeks for a byte, but only when it knows that the peer has ended and nothing broke
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    pollfd peer{fd, POLLRDHUP, 0};
    int ready = 0;
    while ((ready = ::poll(&peer, 1, 0)) < 0 && errno == EINTR) {
    }
    if (::fcntl(fd, F_GETFD) < 0 || ready < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    if ((peer.revents & POLLERR) != 0)
        return PeerEnd::reset;
    if ((peer.revents & POLLRDHUP) == 0)
        return PeerEnd::open;
    char byte = 0;
    ssize_t n = 0;
    while ((n = ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EINTR) {
    }
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recv"};
    return n > 0 ? PeerEnd::fin_with_data : PeerEnd::fin;
}

} // namespace kata
