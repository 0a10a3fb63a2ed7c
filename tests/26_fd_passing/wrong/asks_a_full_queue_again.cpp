// Mistake: asks a server with a full queue again, after a pause
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: you waited for a time
#include "26_fd_passing/rest.h"

#include <chrono>
#include <thread>

namespace kata {

bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    int tries = 3;
    while (::connect(probe.get(), name.address(), name.size) < 0 && --tries > 0)
        if (errno == EAGAIN)
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        else
            return errno == ECONNREFUSED;
    return false;
}

} // namespace kata
