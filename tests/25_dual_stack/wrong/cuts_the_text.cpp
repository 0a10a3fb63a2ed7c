// Mistake: cuts "::ffff:" off the text, and forgets the endpoint
// Caught by: Works.NamesAMappedClientAsIpv4
// Says: an IPv4 endpoint with the size of one
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint) { return endpoint; }

std::string canonical_ip(const Endpoint& endpoint)
{
    char text[NI_MAXHOST] = "";
    if ((endpoint.family() != AF_INET && endpoint.family() != AF_INET6) ||
        ::getnameinfo(endpoint.address(), endpoint.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    const std::string_view mapped = "::ffff:", whole = text;
    return std::string{whole.starts_with(mapped) ? whole.substr(mapped.size()) : whole};
}

} // namespace kata
