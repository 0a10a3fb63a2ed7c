// Mistake: takes the address from getpeername(), which fails for a client that reset
// Caught by: Hostile.HandsOverClientsThatAreGone
// Says: getpeername: Transport endpoint is not connected
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

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
    for (;;) {
        UniqueFd fd{::accept4(listen_fd, nullptr, nullptr, SOCK_CLOEXEC)};
        if (fd) {
            const Endpoint peer = peer_endpoint(fd.get());
            return Accepted{std::move(fd), peer};
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::nullopt;
        if (!is_passing(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
    }
}

} // namespace kata
