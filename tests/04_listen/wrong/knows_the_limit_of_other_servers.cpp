// Mistake: takes no more than 511, as well-known servers do by default
// Caught by: Hostile.LeavesTheCuttingToTheKernel
// Says: a backlog of 512 makes a queue with the limit 512
#include "04_listen/listen.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, std::min(backlog, 511)) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
