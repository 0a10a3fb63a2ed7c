// Mistake: reports the address that it was asked for, with the port that it got
// Caught by: Robust.ReportsNothingOfTheQuestion
// Says: another's address
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
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    Endpoint local = where;
    const in_port_t port = htons(local_endpoint(fd.get()).port());
    reinterpret_cast<sockaddr_in&>(local.storage).sin_port = port; // at the same place in both families
    return {std::move(fd), local};
}

} // namespace kata
