// Mistake: leaves the socket open when bind fails
// Caught by: Robust.CanBeTriedAgainAndAgain
// Says: "EMFILE"
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    const int fd = ::socket(where.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0)
        throw std::system_error{errno, std::generic_category(), "socket"};
    if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd, where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    return {UniqueFd{fd}, local_endpoint(fd)};
}

} // namespace kata
