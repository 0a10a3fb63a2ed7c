// Mistake: writes the address anew, without its scope id
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
    Endpoint anew = endpoint;
    reinterpret_cast<sockaddr_in6&>(anew.storage).sin6_scope_id = 0;
    return anew;
}

} // namespace kata
