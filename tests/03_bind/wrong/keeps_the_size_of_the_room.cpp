// Mistake: reports the size of the room for an address, not that of the address
// Caught by: Robust.SaysHowLongItsAddressIs
// Says: 128 bytes
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
    Endpoint local;
    local.size = sizeof local.storage;
    socklen_t used = local.size;
    if (::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&local.storage), &used) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    return {std::move(fd), local};
}

} // namespace kata
