// Mistake: returns only when the first client is there
// Caught by: Works.LetsClientsInBeforeAnybodyAccepts
// Says: stuck: asleep in poll
#include "04_listen/listen.h"

#include <cerrno>
#include <poll.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    pollfd client{bound_fd, POLLIN, 0};
    while (::poll(&client, 1, -1) < 0 && errno == EINTR) {
    }
}

} // namespace kata
