// Odd: non-blocking until it is done, a loop around bind, and a second owner that takes over from the first
#include "03_bind/bind.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd owner{::socket(where.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const int on = 1;
    if (!owner || ::setsockopt(owner.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
        throw std::system_error{errno, std::generic_category(), "socket"};
    Endpoint name = where;
    while (::bind(owner.get(), name.address(), name.size) != 0)
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "bind"};
    name = local_endpoint(owner.get());
    if (::fcntl(owner.get(), F_SETFL, 0) != 0)
        throw std::system_error{errno, std::generic_category(), "fcntl"};
    Bound bound;
    bound.fd = UniqueFd{owner.release()};
    bound.local = name;
    return bound;
}

} // namespace kata
