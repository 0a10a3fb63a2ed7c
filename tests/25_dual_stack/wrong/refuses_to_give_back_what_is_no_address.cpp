// Mistake: throws for every endpoint that is no IP address, also where it has to come back as it is
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: std::invalid_argument
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    if (endpoint.family() != AF_INET && endpoint.family() != AF_INET6)
        throw std::invalid_argument{"canonical: no IP address"};
    if (endpoint.family() == AF_INET || !is_mapped(in6.sin6_addr))
        return endpoint;
    return ipv4(in6.sin6_addr.s6_addr + 12, in6.sin6_port);
}

} // namespace kata
