// Mistake: takes ::1 where :: was asked for
// Caught by: Robust.TakesEveryAddressWhenAskedTo
// Says: [::]:P
#include "03_bind/bind.h"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    if (to_string(where).starts_with("[::]:"))
        return bind_tcp(parse_endpoint("[::1]:" + std::to_string(where.port())));
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
