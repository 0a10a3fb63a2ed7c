// Mistake: the room for the address is static, and copied only when accept has filled it in
// Caught by: Robust.KeepsTheirClientsApart
// Says: has the address of a stranger
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    static sockaddr_storage room;
    socklen_t size = sizeof room;
    UniqueFd fd{::accept4(listen_fd, reinterpret_cast<sockaddr*>(&room), &size, SOCK_CLOEXEC)};
    if (!fd)
        return std::nullopt;
    return Accepted{std::move(fd), {room, size}};
}

} // namespace kata
