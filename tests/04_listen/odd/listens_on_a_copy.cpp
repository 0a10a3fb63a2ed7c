// Odd: listens on a copy of the descriptor: a listener is the socket, not the number
#include "04_listen/listen.h"

#include "01_socket/socket.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const UniqueFd copy{::fcntl(bound_fd, F_DUPFD_CLOEXEC, 3)};
    if (!copy || ::listen(copy.get(), backlog) != 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
