// Mistake: sets SO_REUSEADDR only after EADDRINUSE: the connections of its last life were made without it
// Caught by: Robust.TakesItsPortBackAfterARestart
// Says: in the server's last life
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    int result = ::bind(fd.get(), where.address(), where.size);
    if (result < 0 && errno == EADDRINUSE) {
        const int on = 1;
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        result = ::bind(fd.get(), where.address(), where.size);
    }
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
