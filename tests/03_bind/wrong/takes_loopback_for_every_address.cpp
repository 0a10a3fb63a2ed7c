// Mistake: takes 127.0.0.1 where 0.0.0.0 was asked for
// Caught by: Robust.TakesEveryAddressWhenAskedTo
// Says: ann is refused
#include "03_bind/bind.h"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    if (to_string(where).starts_with("0.0.0.0:"))
        return bind_tcp(parse_endpoint("127.0.0.1:" + std::to_string(where.port())));
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
