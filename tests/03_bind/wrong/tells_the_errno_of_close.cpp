// Mistake: closes the socket first, and looks at errno then
// Caught by: Robust.TellsWhicheverCallFails
// Says: the errno of the call that failed
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    const int fd = ::socket(where.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0)
        throw std::system_error{errno, std::generic_category(), "socket"};
    if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 || ::bind(fd, where.address(), where.size) < 0) {
        ::close(fd);
        throw std::system_error{errno, std::generic_category(), "bind"};
    }
    UniqueFd owner{fd};
    const Endpoint local = local_endpoint(fd);
    return {std::move(owner), local};
}

} // namespace kata
