// Mistake: peeks without MSG_DONTWAIT, and sleeps until something comes
// Caught by: Works.SaysThatNothingHasEnded
// Says: recv
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    char byte = 0;
    const ssize_t n = ::recv(fd, &byte, 1, MSG_PEEK);
    if (n == 0)
        return PeerEnd::fin;
    return n < 0 && errno != EAGAIN ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
