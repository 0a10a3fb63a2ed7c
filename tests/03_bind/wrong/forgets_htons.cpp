// Mistake: copies the port into a sockaddr_in of its own, in host byte order
// Caught by: Works.TakesThePortThatItIsAskedFor
// Says: swaps its bytes
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
    Endpoint name = where;
    if (where.family() == AF_INET6)
        reinterpret_cast<sockaddr_in6&>(name.storage).sin6_port = where.port();
    else
        reinterpret_cast<sockaddr_in&>(name.storage).sin_port = where.port();
    if (::bind(fd.get(), name.address(), name.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
