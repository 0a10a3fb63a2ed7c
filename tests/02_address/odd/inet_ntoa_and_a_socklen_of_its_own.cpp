// Odd: prints IPv4 with inet_ntoa(), copied at once, and asks the kernel with local variables
#include "02_address/rest.h"

namespace kata {

std::string to_string(const Endpoint& endpoint)
{
    const std::string port = ":" + std::to_string(endpoint.port());
    if (endpoint.family() == AF_INET)
        return ::inet_ntoa(reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_addr) + port;
    char ip[INET6_ADDRSTRLEN] = "";
    const auto& in6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
    ::inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip);
    return "[" + std::string{ip} + scope_text(in6.sin6_scope_id) + "]" + port;
}

Endpoint peer_endpoint(int fd)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&name), &size) == -1)
        throw std::system_error{errno, std::system_category()};
    return {name, size};
}

} // namespace kata
