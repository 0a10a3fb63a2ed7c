// Mistake: on the way out it closes only what is above 0
// Caught by: Robust.TakesDescriptor0
// Says: descriptor 0 is closed after a failure
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

void set_up(int fd, const Endpoint& where)
{
    const int on = 1;
    if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd, where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
}

} // namespace

Bound bind_tcp(const Endpoint& where)
{
    int fd = 0;
    try {
        fd = ::socket(where.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            throw std::system_error{errno, std::generic_category(), "socket"};
        set_up(fd, where);
        const Endpoint local = local_endpoint(fd);
        return {UniqueFd{fd}, local};
    } catch (const std::system_error&) {
        if (fd > 0) // we have one
            ::close(fd);
        throw;
    }
}

} // namespace kata
