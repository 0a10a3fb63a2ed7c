// Mistake: does not close its copy of the descriptor when listen() fails
// Caught by: Robust.SaysThatSomebodyElseListens
// Says: leaked a descriptor
#include "04_listen/listen.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const int copy = ::fcntl(bound_fd, F_DUPFD_CLOEXEC, 3);
    if (::listen(copy, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    ::close(copy);
}

} // namespace kata
