// Mistake: makes each IPv6 endpoint anew, and forgets the flow label
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: the scope id and the flow label stay
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    if (endpoint.family() != AF_INET6)
        return endpoint;
    if (is_mapped(in6.sin6_addr))
        return ipv4(in6.sin6_addr.s6_addr + 12, in6.sin6_port);
    Endpoint same;
    auto& out = reinterpret_cast<sockaddr_in6&>(same.storage);
    out.sin6_family = AF_INET6;
    out.sin6_port = in6.sin6_port;
    out.sin6_addr = in6.sin6_addr;
    out.sin6_scope_id = in6.sin6_scope_id;
    same.size = sizeof out;
    return same;
}

} // namespace kata
