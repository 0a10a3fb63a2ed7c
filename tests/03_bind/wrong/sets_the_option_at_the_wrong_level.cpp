// Mistake: sets option SO_REUSEADDR of level IPPROTO_IP, where the number means IP_TTL
// Caught by: Robust.TakesItsPortBackAfterARestart
// Says: EADDRINUSE
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
    ::setsockopt(fd.get(), IPPROTO_IP, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
