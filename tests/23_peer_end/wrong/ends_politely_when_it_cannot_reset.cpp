// Mistake: passes over a SO_LINGER that could not be set: the peer gets an end
// Caught by: Robust.HangsUpWhicheverCallFails
// Says: ann receives a reset (RST)
#include "23_peer_end/peer_end.h"

#include <sys/socket.h>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

} // namespace kata
