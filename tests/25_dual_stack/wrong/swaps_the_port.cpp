// Mistake: turns the byte order of the port, which was right
// Caught by: Works.NamesAMappedClientAsIpv4
// Says: 192.0.2.7:8080
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    if (endpoint.family() != AF_INET6 || !is_mapped(in6.sin6_addr))
        return endpoint;
    return ipv4(in6.sin6_addr.s6_addr + 12, ntohs(in6.sin6_port));
}

} // namespace kata
