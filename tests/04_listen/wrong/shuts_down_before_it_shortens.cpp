// Mistake: ends the listener before it makes its queue shorter
// Caught by: Robust.ShortensAQueueAndSendsNobodyAway
// Says: she is sent away
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int listens = 0;
    socklen_t size = sizeof listens;
    if (backlog == 0 && ::getsockopt(bound_fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0)
        ::shutdown(bound_fd, SHUT_RD);
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
