// Mistake: sets TCP_DEFER_ACCEPT on IPv6 listeners
// Caught by: Robust.LeavesTheSocketAsItWas
// Says: TCP_DEFER_ACCEPT
#include "04_listen/listen.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    int family = 0;
    socklen_t size = sizeof family;
    const int seconds = 1;
    if (::getsockopt(bound_fd, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 && family == AF_INET6)
        ::setsockopt(bound_fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds);
}

} // namespace kata
