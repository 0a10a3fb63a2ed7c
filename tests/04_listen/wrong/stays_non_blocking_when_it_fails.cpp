// Mistake: makes the socket non-blocking for a while, and forgets that an exception is a way out, too
// Caught by: Robust.LeavesTheSocketAsItWas
// Says: left O_NONBLOCK set on descriptor 4
#include "04_listen/listen.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const int flags = ::fcntl(bound_fd, F_GETFL);
    ::fcntl(bound_fd, F_SETFL, flags | O_NONBLOCK);
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    ::fcntl(bound_fd, F_SETFL, flags);
}

} // namespace kata
