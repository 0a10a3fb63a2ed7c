// Mistake: makes the socket non-blocking, so that a look does not wait, and leaves it so
// Caught by: Works.TellsTheEndOfTheStream
// Says: O_NONBLOCK
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    char byte = 0;
    const ssize_t n = ::recv(fd, &byte, 1, MSG_PEEK);
    if (n < 0 && errno == EBADF)
        throw std::system_error{errno, std::generic_category(), "recv"};
    if (n == 0)
        return PeerEnd::fin;
    return n < 0 && errno != EAGAIN ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
