// Mistake: waits for a moment for a client where the queue is short
// Caught by: Robust.TakesZeroForOneClient
// Says: it returns at once
#include "04_listen/listen.h"

#include <cerrno>
#include <poll.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    pollfd first{bound_fd, POLLIN, 0};
    if (backlog == 0)
        ::poll(&first, 1, 1);
}

} // namespace kata
