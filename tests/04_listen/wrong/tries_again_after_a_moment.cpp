// Mistake: waits for a moment and tries again when another socket listens there
// Caught by: Robust.SaysThatSomebodyElseListens
// Says: the failure is told at once
#include "04_listen/listen.h"

#include <cerrno>
#include <poll.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int result = ::listen(bound_fd, backlog);
    if (result < 0 && errno == EADDRINUSE) {
        ::poll(nullptr, 0, 10);
        result = ::listen(bound_fd, backlog);
    }
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
