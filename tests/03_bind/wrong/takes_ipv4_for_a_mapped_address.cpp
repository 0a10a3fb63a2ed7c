// Mistake: takes an IPv4 socket for an IPv6 address that maps an IPv4 one
// Caught by: Robust.LeavesAMappedAddressAsItIs
// Says: it is 127.0.0.1:P
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

Endpoint simple(Endpoint where)
{
    auto& in6 = reinterpret_cast<sockaddr_in6&>(where.storage);
    if (where.family() == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr))
        return parse_endpoint(to_string(where).substr(8, to_string(where).find(']') - 8) + ":" + std::to_string(where.port()));
    return where;
}

} // namespace

Bound bind_tcp(const Endpoint& asked)
{
    const Endpoint where = simple(asked);
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
