#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0) // the kernel cuts it to net.core.somaxconn: no need to be clever about the number
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
