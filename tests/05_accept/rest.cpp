// A correct answer, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "05_accept/rest.h"

namespace kata {

[[gnu::weak]] bool is_passing(int error)
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
    case ENONET: return true;
    default: return false;
    }
}

[[gnu::weak]] std::optional<Accepted> take(int listen_fd)
{
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    client.fd.reset(::accept4(listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size, SOCK_CLOEXEC));
    if (!client.fd)
        return std::nullopt;
    return client;
}

[[gnu::weak]] std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
