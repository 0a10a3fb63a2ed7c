// Mistake: asks with a connect() that waits for room, with a limit of 100 ms
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: you waited in a full queue
#include "26_fd_passing/rest.h"

#include <sys/time.h>

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM);
    const timeval soon{0, 100'000};
    ::setsockopt(probe.get(), SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
    return ::connect(probe.get(), name.address(), name.size) < 0 && errno == ECONNREFUSED;
}

} // namespace kata
