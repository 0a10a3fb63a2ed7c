// Odd: sets SO_REUSEADDR only where a port is asked for: nobody left a port that the kernel chooses
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    Bound bound{open_socket(where.family(), SOCK_STREAM), {}};
    const int reuse = where.port() != 0;
    if (::setsockopt(bound.fd.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(bound.fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    bound.local = local_endpoint(bound.fd.get());
    return bound;
}

} // namespace kata
