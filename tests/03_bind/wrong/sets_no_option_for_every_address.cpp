// Mistake: leaves SO_REUSEADDR out for 0.0.0.0 and [::], where others could take the port at one address
// Caught by: Robust.RestartsOnBothFamilies
// Says: bind: Address already in use
#include "03_bind/bind.h"

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

bool is_every_address(const Endpoint& where)
{
    if (where.family() == AF_INET6)
        return IN6_IS_ADDR_UNSPECIFIED(&reinterpret_cast<const sockaddr_in6&>(where.storage).sin6_addr);
    return reinterpret_cast<const sockaddr_in&>(where.storage).sin_addr.s_addr == INADDR_ANY;
}

} // namespace

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = is_every_address(where) ? 0 : 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
