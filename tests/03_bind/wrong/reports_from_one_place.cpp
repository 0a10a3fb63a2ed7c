// Mistake: reports the address from one static place for all threads
// Caught by: Robust.BindsForTwoThreadsAtOnce
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
    static Endpoint local;
    local.size = sizeof local.storage;
    if (::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&local.storage), &local.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    return {std::move(fd), local};
}

} // namespace kata
