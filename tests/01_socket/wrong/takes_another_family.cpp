// Mistake: takes an IPv4 socket where there is no IPv6
// Caught by: Robust.SaysWhyThereIsNoSocket
// Says: EAFNOSUPPORT
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd && family == AF_INET6 && errno == EAFNOSUPPORT)
        fd.reset(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
