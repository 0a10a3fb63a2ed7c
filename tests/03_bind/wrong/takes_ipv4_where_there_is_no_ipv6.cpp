// Mistake: takes an IPv4 address where there is no IPv6
// Caught by: Robust.HasNoOtherFamilyToOffer
// Says: came      "127.0.0.1:P"
#include "03_bind/bind.h"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd;
    try {
        fd = open_socket(where.family(), SOCK_STREAM);
    } catch (const std::system_error& e) {
        if (where.family() != AF_INET6 || e.code().value() != EAFNOSUPPORT)
            throw;
        return bind_tcp(parse_endpoint("127.0.0.1:" + std::to_string(where.port())));
    }
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
