// Odd: its own buffer for the address, with just as many bytes copied as came; errno kept first
#include "05_accept/accept.h"

#include <cerrno>
#include <cstring>
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
    alignas(sockaddr_storage) char room[sizeof(sockaddr_storage)];
    int fd = -1, error = EINTR;
    socklen_t size = 0;
    while (fd == -1 && is_passing(error)) {
        size = sizeof room;
        fd = ::accept4(listen_fd, reinterpret_cast<sockaddr*>(room), &size, SOCK_CLOEXEC);
        error = errno;
    }
    if (fd == -1 && error == EWOULDBLOCK)
        return {};
    if (fd == -1)
        throw std::system_error{error, std::generic_category(), "accept"};
    std::optional<Accepted> client{std::in_place};
    client->fd = UniqueFd{fd};
    std::memcpy(&client->peer.storage, room, size);
    client->peer.size = size;
    return client;
}

} // namespace kata
