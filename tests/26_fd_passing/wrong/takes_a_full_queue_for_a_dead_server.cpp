// Mistake: any error of the connect() is death for it, but for a type that differs
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: std::system_error with EADDRINUSE
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    return ::connect(probe.get(), name.address(), name.size) < 0 && errno != EPROTOTYPE;
}

} // namespace kata
