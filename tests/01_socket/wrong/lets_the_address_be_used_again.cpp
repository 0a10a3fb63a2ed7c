// Mistake: sets SO_REUSEADDR, as most callers want it
// Caught by: Robust.OpensNothingButWhatWasAskedFor
// Says: left SO_REUSEADDR
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return fd;
}

} // namespace kata
