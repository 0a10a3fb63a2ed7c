// Mistake: gives the socket to its owner at the very end, after the last call that can fail
// Caught by: Robust.TellsWhicheverCallFails
// Says: getsockname(), the 1st, fails with ENOBUFS
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

[[noreturn]] void give_up(int fd, const char* call)
{
    const int error = errno;
    ::close(fd);
    throw std::system_error{error, std::generic_category(), call};
}

} // namespace

Bound bind_tcp(const Endpoint& where)
{
    const int fd = ::socket(where.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0)
        throw std::system_error{errno, std::generic_category(), "socket"};
    if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        give_up(fd, "setsockopt");
    if (::bind(fd, where.address(), where.size) < 0)
        give_up(fd, "bind");
    const Endpoint local = local_endpoint(fd);
    return {UniqueFd{fd}, local};
}

} // namespace kata
