// Mistake: lets the kernel choose three times more where it has found no free port
// Caught by: Robust.TriesNothingTwice
// Says: came      "no error"
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
    int tries = where.port() == 0 ? 4 : 1;
    while (::bind(fd.get(), where.address(), where.size) < 0)
        if (errno != EADDRINUSE || --tries == 0)
            throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
