// Mistake: takes ::1 for 127.0.0.1, as both are this machine
// Caught by: Hostile.RecognisesABannedClient
// Says: welcome
#include "25_dual_stack/rest.h"

namespace kata {

Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    const in_addr loopback{htonl(INADDR_LOOPBACK)};
    if (endpoint.family() != AF_INET6)
        return endpoint;
    if (IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr))
        return ipv4(&loopback, in6.sin6_port);
    return is_mapped(in6.sin6_addr) ? ipv4(in6.sin6_addr.s6_addr + 12, in6.sin6_port) : endpoint;
}

} // namespace kata
