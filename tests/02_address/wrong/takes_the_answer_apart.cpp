// Mistake: makes an address of its own from address and port of the answer: the scope is lost
// Caught by: Robust.KeepsTheScopeThatTheKernelNames
// Says: came      [ff02::1]:
#include "02_address/rest.h"

#include <cstring>

namespace kata {

Endpoint local_endpoint(int fd)
{
    Endpoint local;
    local.size = sizeof local.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&local.storage), &local.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    if (local.family() != AF_INET6)
        return local;
    const sockaddr_in6 answer = reinterpret_cast<const sockaddr_in6&>(local.storage);
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = answer.sin6_port;
    in6.sin6_addr = answer.sin6_addr;
    std::memcpy(&local.storage, &in6, sizeof in6);
    return local;
}

} // namespace kata
