// Mistake: forgets to close the socket with which it asked
// Caught by: Robust.TakesThePlaceOfADeadServer
// Says: (from socket)
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return ::connect(probe, name.address(), name.size) < 0 && errno == ECONNREFUSED;
}

} // namespace kata
