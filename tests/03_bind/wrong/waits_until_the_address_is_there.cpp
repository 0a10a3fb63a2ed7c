// Mistake: tries an address that is not of this machine again, for it may come with the network
// Caught by: Robust.TakesNoIPv6AddressOfAnotherMachine
// Says: one bind(), and an error when it fails
#include "03_bind/bind.h"

#include <cerrno>
#include <poll.h>
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
    int bound = ::bind(fd.get(), where.address(), where.size);
    for (int i = 0; i < 10 && bound < 0 && errno == EADDRNOTAVAIL; ++i) {
        ::poll(nullptr, 0, 100);
        bound = ::bind(fd.get(), where.address(), where.size);
    }
    if (bound < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
