// Mistake: reads a byte to see whether one is there
// Caught by: Works.SaysThatNothingHasEnded
// Says: recv() gives after the look what it would have given without it
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    char byte = 0;
    const ssize_t n = ::recv(fd, &byte, 1, MSG_DONTWAIT);
    if (n == 0)
        return PeerEnd::fin;
    return n < 0 && errno != EAGAIN ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
