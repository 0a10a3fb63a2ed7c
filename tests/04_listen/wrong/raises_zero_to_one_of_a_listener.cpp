// Mistake: takes 0 for 1 on a socket that listens already
// Caught by: Robust.ShortensAQueueAndSendsNobodyAway
// Says: is connected
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int listens = 0;
    socklen_t size = sizeof listens;
    if (backlog == 0 && ::getsockopt(bound_fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0)
        backlog = 1;
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
