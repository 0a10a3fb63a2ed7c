// Mistake: tells SO_ERROR of a socket that cannot listen, and so takes it away
// Caught by: Hostile.LeavesTheErrorOfAConnectionToItsReader
// Says: came      "ECONNRESET"
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) == 0)
        return;
    const int failed = errno;
    int pending = 0;
    socklen_t size = sizeof pending;
    ::getsockopt(bound_fd, SOL_SOCKET, SO_ERROR, &pending, &size);
    throw std::system_error{pending != 0 ? pending : failed, std::generic_category(), "listen"};
}

} // namespace kata
