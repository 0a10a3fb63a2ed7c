// Mistake: makes sure that the socket is bound, and stops there
// Caught by: Works.LetsClientsInBeforeAnybodyAccepts
// Says: ann is refused (RST)
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int /*backlog*/)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    if (::getsockname(bound_fd, reinterpret_cast<sockaddr*>(&name), &size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
}

} // namespace kata
