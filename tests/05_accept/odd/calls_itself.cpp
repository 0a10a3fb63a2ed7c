// Odd: recursion in place of a loop, and the system category
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENOPROTOOPT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case EOPNOTSUPP: return true;
    default: return false;
    }
}

} // namespace

std::optional<Accepted> accept_one(int listen_fd)
{
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int fd = ::accept4(listen_fd, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC);
    if (fd >= 0)
        return Accepted{UniqueFd{fd}, Endpoint{from, size}};
    const std::error_code error{errno, std::system_category()};
    if (error == std::errc::resource_unavailable_try_again)
        return std::nullopt;
    if (is_passing(error.value()))
        return accept_one(listen_fd);
    throw std::system_error{error, "accept4"};
}

} // namespace kata
