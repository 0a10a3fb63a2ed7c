// Mistake: says EAFNOSUPPORT for all that the kernel does not support: a type that the family lacks, too
// Caught by: Robust.SaysWhyThereIsNoSocket
// Says: std::system_error with EPROTONOSUPPORT
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd) {
        const bool unsupported = errno == EPROTONOSUPPORT || errno == ESOCKTNOSUPPORT;
        throw std::system_error{unsupported ? EAFNOSUPPORT : errno, std::generic_category(), "socket"};
    }
    return fd;
}

} // namespace kata
