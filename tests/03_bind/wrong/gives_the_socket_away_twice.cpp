// Mistake: makes two owners of one descriptor: the first to die closes it
// Caught by: Works.SaysWhichPortItGot
// Says: getsockname: Bad file descriptor
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    const UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    return {UniqueFd{fd.get()}, local_endpoint(fd.get())};
}

} // namespace kata
