// Mistake: takes a peer that has an address for a peer that is there
// Caught by: Works.TellsTheEndOfTheStream
// Says: probe_peer() says fin
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0)
        return PeerEnd::open;
    if (errno == EBADF)
        throw std::system_error{errno, std::generic_category(), "getpeername"};
    return PeerEnd::reset;
}

} // namespace kata
