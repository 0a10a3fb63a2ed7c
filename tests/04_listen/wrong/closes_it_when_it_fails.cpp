// Mistake: closes the caller's socket when listen fails
// Caught by: Robust.SaysThatSomebodyElseListens
// Says: is open after the failure
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0) {
        const int error = errno;
        ::close(bound_fd);
        throw std::system_error{error, std::generic_category(), "listen"};
    }
}

} // namespace kata
