// Mistake: copies the address field by field, and forgets the interface of a link-local one
// Caught by: Robust.NamesTheInterfaceOfAClient
// Says: came      "[fe80::5]:
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    Accepted client{UniqueFd{::accept4(listen_fd, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC)}, {from, size}};
    if (!client.fd)
        return std::nullopt;
    if (from.ss_family == AF_INET6) {
        const auto& in6 = reinterpret_cast<const sockaddr_in6&>(from);
        sockaddr_in6 clean{};
        clean.sin6_family = AF_INET6;
        clean.sin6_port = in6.sin6_port;
        clean.sin6_addr = in6.sin6_addr;
        reinterpret_cast<sockaddr_in6&>(client.peer.storage) = clean;
    }
    return client;
}

} // namespace kata
