// Mistake: takes a negative backlog for a mistake of the caller
// Caught by: Robust.TakesAnyNumber
// Says: threw std::system_error: backlog: Invalid argument
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (backlog < 0)
        throw std::system_error{EINVAL, std::generic_category(), "backlog"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
