// Mistake: what is no stream is a datagram socket, it thinks, and who does not answer to one either is dead
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: listening on "packets"
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
        const UniqueFd probe = open_socket(AF_UNIX, type | SOCK_NONBLOCK);
        if (::connect(probe.get(), name.address(), name.size) == 0 || errno == EAGAIN)
            return false;
        if (errno != EPROTOTYPE)
            return errno == ECONNREFUSED;
    }
    return true;
}

} // namespace kata
