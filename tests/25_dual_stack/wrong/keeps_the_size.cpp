// Mistake: changes the family, and keeps the size of the IPv6 endpoint
// Caught by: Works.NamesAMappedClientAsIpv4
// Says: 28 bytes
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    if (endpoint.family() != AF_INET6 || !is_mapped(in6.sin6_addr))
        return endpoint;
    Endpoint plain = ipv4(in6.sin6_addr.s6_addr + 12, in6.sin6_port);
    plain.size = endpoint.size;
    return plain;
}

} // namespace kata
