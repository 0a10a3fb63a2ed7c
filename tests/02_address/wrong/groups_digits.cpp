// Mistake: prints through a stream, which groups digits where the program's locale does
// Caught by: Robust.HasOneLanguage
// Says: came      "[fe80::1%12,345]:8,080"
#include "02_address/rest.h"

#include <sstream>

namespace kata {

std::string to_string(const Endpoint& endpoint)
{
    char ip[INET6_ADDRSTRLEN] = "";
    std::ostringstream out;
    if (endpoint.family() == AF_INET6) {
        const auto& in6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
        out << '[' << ::inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip);
        if (in6.sin6_scope_id != 0)
            out << '%' << in6.sin6_scope_id;
        out << ']';
    } else {
        out << ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_addr, ip, sizeof ip);
    }
    out << ':' << endpoint.port();
    return out.str();
}

} // namespace kata
