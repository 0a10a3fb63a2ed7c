// Mistake: turns on TCP_NODELAY, which all clients inherit
// Caught by: Robust.LeavesTheSocketAsItWas
// Says: left TCP_NODELAY
#include "04_listen/listen.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const int on = 1;
    ::setsockopt(bound_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
