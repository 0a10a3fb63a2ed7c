// Odd: looks at the socket before it listens, and throws an error code of its own making
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

namespace {

int option(int fd, int name)
{
    int value = 0;
    socklen_t size = sizeof value;
    if (::getsockopt(fd, SOL_SOCKET, name, &value, &size) != 0)
        throw std::system_error{std::error_code{errno, std::generic_category()}};
    return value;
}

} // namespace

void listen_on(int bound_fd, int backlog)
{
    if (option(bound_fd, SO_TYPE) == SOCK_DGRAM)
        throw std::system_error{std::make_error_code(std::errc::operation_not_supported)};
    if (::listen(bound_fd, backlog) != 0)
        throw std::system_error{std::error_code{errno, std::generic_category()}, "cannot listen"};
    if (option(bound_fd, SO_ACCEPTCONN) == 0)
        throw std::system_error{std::make_error_code(std::errc::not_supported)};
}

} // namespace kata
