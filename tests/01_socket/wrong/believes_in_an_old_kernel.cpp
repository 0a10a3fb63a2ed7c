// Mistake: takes EINVAL, once, for a kernel without SOCK_CLOEXEC, and sets the flag afterwards from then on
// Caught by: Robust.IsNotInheritedByAnotherProgram
// Says: socket() itself is told SOCK_CLOEXEC
#include "01_socket/socket.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    static std::atomic<int> atomically{SOCK_CLOEXEC};
    UniqueFd fd{::socket(family, type | atomically, 0)};
    if (!fd && errno == EINVAL) {
        atomically = 0;
        fd.reset(::socket(family, type, 0));
    }
    if (!fd || ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC) < 0)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
