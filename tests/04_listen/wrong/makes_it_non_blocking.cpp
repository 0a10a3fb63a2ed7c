// Mistake: makes the listener non-blocking, which nobody asked for
// Caught by: Works.ServesMoreClientsThanTheBacklog
// Says: the test's accept on your socket: Resource temporarily unavailable
#include "04_listen/listen.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const int flags = ::fcntl(bound_fd, F_GETFL);
    if (flags < 0 || ::fcntl(bound_fd, F_SETFL, flags | O_NONBLOCK) < 0)
        throw std::system_error{errno, std::generic_category(), "fcntl"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
