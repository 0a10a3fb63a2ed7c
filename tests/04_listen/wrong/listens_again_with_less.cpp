// Mistake: listens a second time to be sure, with a backlog of 0
// Caught by: Works.LetsClientsInBeforeAnybodyAccepts
// Says: bob gets no answer
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0 || ::listen(bound_fd, 0) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
