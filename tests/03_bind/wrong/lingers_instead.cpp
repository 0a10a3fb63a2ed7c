// Mistake: avoids TIME_WAIT with SO_LINGER 0, which its connections inherit
// Caught by: Robust.TakesItsPortBackAfterARestart
// Says: came      a reset (RST)
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const linger at_once{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
