// Mistake: asks with a blocking connect(), which waits for room in the queue
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: connect(
#include "26_fd_passing/rest.h"

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM);
    return ::connect(probe.get(), name.address(), name.size) < 0 && errno == ECONNREFUSED;
}

} // namespace kata
