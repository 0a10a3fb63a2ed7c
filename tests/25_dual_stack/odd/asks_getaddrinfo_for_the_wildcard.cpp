// Odd: gets its address from getaddrinfo() with AI_PASSIVE
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    addrinfo hints{}, *found = nullptr;
    hints.ai_family = AF_INET6;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    if (::getaddrinfo(nullptr, std::to_string(port).c_str(), &hints, &found) != 0)
        throw std::system_error{EADDRNOTAVAIL, std::generic_category(), "getaddrinfo"};
    Endpoint where;
    std::memcpy(&where.storage, found->ai_addr, found->ai_addrlen);
    where.size = found->ai_addrlen;
    ::freeaddrinfo(found);
    prepares(fd, only);
    binds(fd, where);
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
