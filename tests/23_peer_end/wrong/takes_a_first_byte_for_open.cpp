// Mistake: looks at the first byte only: what stands behind it is not seen
// Caught by: Works.TellsAnEndBehindBytes
// Says: probe_peer() says fin_with_data
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    char byte = 0;
    const ssize_t n = ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0 && errno == EBADF)
        throw std::system_error{errno, std::generic_category(), "recv"};
    if (n == 0)
        return PeerEnd::fin;
    return n < 0 && errno != EAGAIN ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
