// Mistake: creates the socket without SOCK_CLOEXEC
// Caught by: Robust.IsNotInheritedByOtherPrograms
// Says: it inherits it
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd{::socket(where.family(), SOCK_STREAM, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
