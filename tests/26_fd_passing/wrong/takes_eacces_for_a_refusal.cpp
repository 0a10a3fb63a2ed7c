// Mistake: takes a server that it may not talk to for a dead one
// Caught by: Robust.StaysAwayInDoubt
// Says: EADDRINUSE, or the errno of connect()
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    return ::connect(probe.get(), name.address(), name.size) < 0 && (errno == ECONNREFUSED || errno == EACCES);
}

} // namespace kata
