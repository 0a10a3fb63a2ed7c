// Mistake: sends a byte to see whether the peer is there
// Caught by: Works.SaysThatNothingHasEnded
// Says: ann receives nothing yet
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    return ::send(fd, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN ? PeerEnd::reset : PeerEnd::open;
}

} // namespace kata
