// Mistake: takes the caller's descriptor into an owner of its own, which closes it at the end
// Caught by: Works.LetsClientsInBeforeAnybodyAccepts
// Says: ann is refused (RST)
#include "04_listen/listen.h"

#include "01_socket/socket.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const UniqueFd fd{bound_fd};
    if (::listen(fd.get(), backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
