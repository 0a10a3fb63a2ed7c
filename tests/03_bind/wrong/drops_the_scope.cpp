// Mistake: fills the address in anew, with family, address and port: the scope is lost
// Caught by: Robust.AsksForTheWholeAddress
// Says: came      "EINVAL"
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
    Endpoint clean = where;
    if (where.family() == AF_INET6) {
        const auto& from = reinterpret_cast<const sockaddr_in6&>(where.storage);
        auto& to = reinterpret_cast<sockaddr_in6&>(clean.storage);
        to = {};
        to.sin6_family = AF_INET6;
        to.sin6_port = from.sin6_port;
        to.sin6_addr = from.sin6_addr;
    }
    if (::bind(fd.get(), clean.address(), clean.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
