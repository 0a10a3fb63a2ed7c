// Mistake: asks for a backlog of 1, whatever the caller wants
// Caught by: Works.LetsClientsInBeforeAnybodyAccepts
// Says: eve gets no answer
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int /*backlog*/)
{
    if (::listen(bound_fd, 1) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
