// Mistake: empties the queue of a listener first, so that the new limit counts from the beginning
// Caught by: Robust.TakesTheNewLimitOfAListener
// Says: her connection is over: listening again ended it
#include "04_listen/listen.h"

#include "01_socket/socket.h"

#include <cerrno>
#include <poll.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int listens = 0;
    socklen_t size = sizeof listens;
    ::getsockopt(bound_fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size);
    for (pollfd queue{bound_fd, POLLIN, 0}; listens != 0 && ::poll(&queue, 1, 0) == 1;)
        UniqueFd{::accept4(bound_fd, nullptr, nullptr, SOCK_CLOEXEC)};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
