// Mistake: binds the socket once more, to be sure that it has an address
// Caught by: Works.LetsClientsInBeforeAnybodyAccepts
// Says: threw std::system_error: bind: Invalid argument
#include "04_listen/listen.h"

#include <cerrno>
#include <netinet/in.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    sockaddr_in any{};
    any.sin_family = AF_INET;
    if (::bind(bound_fd, reinterpret_cast<const sockaddr*>(&any), sizeof any) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
