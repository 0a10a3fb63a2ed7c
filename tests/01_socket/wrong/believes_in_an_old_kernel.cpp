// Mistake: takes EINVAL for a kernel without SOCK_CLOEXEC, and sets the flag afterwards
// Caught by: Robust.IsNotInheritedByAnotherProgram
// Says: std::system_error with EINVAL
#include "01_socket/socket.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd && errno == EINVAL) {
        fd.reset(::socket(family, type, 0));
        if (fd)
            ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
    }
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
