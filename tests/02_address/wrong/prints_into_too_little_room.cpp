// Mistake: prints into an array that is too small for the longest text
// Caught by: Works.PrintsWhatItRead
// Says: 65535
#include "02_address/rest.h"

#include <cstdio>

namespace kata {

std::string to_string(const Endpoint& endpoint)
{
    char ip[INET6_ADDRSTRLEN] = "", all[56];
    if (endpoint.family() == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_addr, ip, sizeof ip);
        std::snprintf(all, sizeof all, "%s:%u", ip, unsigned{endpoint.port()});
    } else {
        const auto& in6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
        ::inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip);
        std::snprintf(all, sizeof all, "[%s%s]:%u", ip, scope_text(in6.sin6_scope_id).c_str(), unsigned{endpoint.port()});
    }
    return all;
}

} // namespace kata
