// Mistake: sets the room for the address once: after an IPv4 one there is no more than that
// Caught by: Robust.HasTheWholeRoomEachTime
// Says: came      "[::]:P"
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
    thread_local socklen_t room = sizeof local.storage;
    if (::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&local.storage), &room) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    local.size = room;
    return {std::move(fd), local};
}

} // namespace kata
