// Mistake: tries one interface after the other for a link-local address that came without
// Caught by: Robust.AsksForTheWholeAddress
// Says: came      "EADDRNOTAVAIL"
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
    Endpoint to = where;
    auto& in6 = reinterpret_cast<sockaddr_in6&>(to.storage);
    const bool guesses = to.family() == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr) && in6.sin6_scope_id == 0;
    int result = ::bind(fd.get(), to.address(), to.size);
    for (std::uint32_t n = 1; guesses && result < 0 && errno == EINVAL && n <= 8; ++n) {
        in6.sin6_scope_id = n;
        result = ::bind(fd.get(), to.address(), to.size);
    }
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
