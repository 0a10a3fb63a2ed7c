// Mistake: believes that only TCP has an accept queue, and asks for the longest one elsewhere
// Caught by: Robust.MakesAListenerOfEveryStream
// Says: came      is let in
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int family = AF_INET;
    socklen_t size = sizeof family;
    ::getsockopt(bound_fd, SOL_SOCKET, SO_DOMAIN, &family, &size);
    if (::listen(bound_fd, family == AF_UNIX ? SOMAXCONN : backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
