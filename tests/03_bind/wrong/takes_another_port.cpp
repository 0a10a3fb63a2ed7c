// Mistake: takes any free port when the one that was asked for is taken
// Caught by: Robust.RefusesAPortWithAListener
// Says: came      "no error"
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0) {
        if (errno != EADDRINUSE)
            throw std::system_error{errno, std::generic_category(), "bind"};
        Endpoint any_port = where;
        if (where.family() == AF_INET6)
            reinterpret_cast<sockaddr_in6&>(any_port.storage).sin6_port = 0;
        else
            reinterpret_cast<sockaddr_in&>(any_port.storage).sin_port = 0;
        if (::bind(fd.get(), any_port.address(), any_port.size) < 0)
            throw std::system_error{errno, std::generic_category(), "bind"};
    }
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
