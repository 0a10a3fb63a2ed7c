// Mistake: binds 0.0.0.0 when the address is not of this machine
// Caught by: Robust.RefusesAnAddressOfAnotherMachine
// Says: bound to 0.0.0.0
#include "03_bind/bind.h"

#include <cerrno>
#include <string>
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
        const int error = errno;
        const std::string wildcard = where.family() == AF_INET6 ? "[::]:" : "0.0.0.0:";
        const Endpoint any = parse_endpoint(wildcard + std::to_string(where.port()));
        if (error != EADDRNOTAVAIL || ::bind(fd.get(), any.address(), any.size) < 0)
            throw std::system_error{error, std::generic_category(), "bind"};
    }
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
