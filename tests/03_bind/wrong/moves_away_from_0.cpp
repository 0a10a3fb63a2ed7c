// Mistake: moves the socket away from descriptor 0, and forgets close-on-exec
// Caught by: Robust.TakesDescriptor0
// Says: it inherits it
#include "03_bind/bind.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    if (fd.get() == 0)
        fd.reset(::fcntl(0, F_DUPFD, 3));
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
