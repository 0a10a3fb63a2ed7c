// Mistake: prints the address into one static place: two threads that print have the same
// Caught by: Robust.PrintsForTwoThreadsAtOnce
// Says: came      "[2001:db8:2222:2222:2222:2222:2222:2222]:80"
#include "02_address/rest.h"

namespace kata {

std::string to_string(const Endpoint& endpoint)
{
    static char ip[INET6_ADDRSTRLEN];
    const bool v6 = endpoint.family() == AF_INET6;
    const void* address = v6 ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_addr)
                             : &reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_addr;
    if (::inet_ntop(endpoint.family(), address, ip, sizeof ip) == nullptr)
        throw std::system_error{errno, std::generic_category(), "inet_ntop"};
    const std::string port = ":" + std::to_string(endpoint.port());
    if (!v6)
        return ip + port;
    return "[" + std::string{ip} + scope_text(reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_scope_id) + "]" + port;
}

} // namespace kata
