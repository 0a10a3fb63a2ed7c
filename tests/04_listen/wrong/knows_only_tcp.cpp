// Mistake: takes a stream that is not TCP for one that cannot listen
// Caught by: Robust.MakesAListenerOfEveryStream
// Says: Operation not supported
#include "04_listen/listen.h"

#include <cerrno>
#include <netinet/in.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int protocol = 0;
    socklen_t size = sizeof protocol;
    if (::getsockopt(bound_fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) == 0 && protocol != IPPROTO_TCP)
        throw std::system_error{EOPNOTSUPP, std::generic_category(), "listen"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
