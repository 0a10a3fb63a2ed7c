// Mistake: looks at the bytes of the address, whatever its family
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: what is no IP address comes back
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    return is_mapped(in6.sin6_addr) ? ipv4(in6.sin6_addr.s6_addr + 12, in6.sin6_port) : endpoint;
}

} // namespace kata
