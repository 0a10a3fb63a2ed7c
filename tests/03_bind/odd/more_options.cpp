// Odd: sets more options, and asks for its name only where it does not know it
#include "03_bind/bind.h"

#include <cerrno>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

void set(const UniqueFd& fd, int level, int option)
{
    const int on = 1;
    if (::setsockopt(fd.get(), level, option, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
}

} // namespace

Bound bind_tcp(const Endpoint& where)
{
    Bound bound{open_socket(where.family(), SOCK_STREAM), where};
    set(bound.fd, SOL_SOCKET, SO_KEEPALIVE);
    set(bound.fd, IPPROTO_TCP, TCP_NODELAY);
    if (where.family() == AF_INET6)
        set(bound.fd, IPPROTO_IPV6, IPV6_V6ONLY);
    set(bound.fd, SOL_SOCKET, SO_REUSEADDR);
    if (::bind(bound.fd.get(), bound.local.address(), bound.local.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    if (where.port() == 0)
        bound.local = local_endpoint(bound.fd.get());
    return bound;
}

} // namespace kata
