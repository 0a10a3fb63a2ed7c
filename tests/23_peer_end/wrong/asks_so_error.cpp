// Mistake: asks SO_ERROR, which knows no end
// Caught by: Works.TellsTheEndOfTheStream
// Says: probe_peer() says fin
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockopt"};
    return error != 0 ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
