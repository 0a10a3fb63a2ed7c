// Mistake: has an if where a loop is needed: the second signal is fatal
// Caught by: Robust.SleepsOnAfterSignals
// Says: came      "EINTR"
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
    Accepted client;
    auto* const address = reinterpret_cast<sockaddr*>(&client.peer.storage);
    const auto accept_now = [&] {
        client.peer.size = sizeof client.peer.storage;
        client.fd.reset(::accept4(listen_fd, address, &client.peer.size, SOCK_CLOEXEC));
        return static_cast<bool>(client.fd);
    };
    if (accept_now() || (is_passing(errno) && accept_now()))
        return client;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return std::nullopt;
    throw std::system_error{errno, std::generic_category(), "accept"};
}

} // namespace kata
