// Mistake: takes a server for dead when there is no descriptor to find out
// Caught by: Robust.LeavesTheOtherServerWhicheverCallFails
// Says: you listen where another server lives
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    return ::connect(probe.get(), name.address(), name.size) < 0 && (errno == ECONNREFUSED || errno == EBADF);
}

} // namespace kata
