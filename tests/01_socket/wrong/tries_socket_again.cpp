// Mistake: tries again at once when the kernel is short of memory: it is not told, and the caller cannot wait
// Caught by: Robust.SaysWhyThereIsNoSocket
// Says: std::system_error with ENOBUFS
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd && (errno == ENOBUFS || errno == ENOMEM))
        fd.reset(::socket(family, type | SOCK_CLOEXEC, 0));
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
