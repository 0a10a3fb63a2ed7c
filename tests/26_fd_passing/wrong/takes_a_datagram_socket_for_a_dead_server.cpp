// Mistake: takes EPROTOTYPE, from a socket of another type, for a refusal
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: EPROTOTYPE
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    return ::connect(probe.get(), name.address(), name.size) < 0 && (errno == ECONNREFUSED || errno == EPROTOTYPE);
}

} // namespace kata
