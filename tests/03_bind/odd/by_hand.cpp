// Odd: plain system calls: FD_CLOEXEC by fcntl, errno saved before each close, the size of a sockaddr_storage for any family
#include "03_bind/bind.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

[[noreturn]] void give_up(int fd, const char* call)
{
    const int error = errno;
    ::close(fd);
    throw std::system_error{error, std::system_category(), call};
}

} // namespace

Bound bind_tcp(const Endpoint& where)
{
    const int fd = ::socket(where.storage.ss_family, SOCK_STREAM, IPPROTO_TCP);
    if (fd == -1)
        throw std::system_error{errno, std::system_category(), "socket"};
    if (::fcntl(fd, F_SETFD, FD_CLOEXEC) == -1)
        give_up(fd, "fcntl");
    int on = 1;
    if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        give_up(fd, "setsockopt");
    if (::bind(fd, where.address(), sizeof where.storage) == -1)
        give_up(fd, "bind");
    Bound bound;
    bound.local.size = sizeof bound.local.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&bound.local.storage), &bound.local.size) == -1)
        give_up(fd, "getsockname");
    bound.fd.reset(fd);
    return bound;
}

} // namespace kata
