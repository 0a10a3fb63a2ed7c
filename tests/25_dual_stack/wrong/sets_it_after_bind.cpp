// Mistake: sets IPV6_V6ONLY when the socket is bound
// Caught by: Works.ServesClientsOfBothFamilies
// Says: EINVAL
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    Bound server = bind_tcp(every_address("[::]:", port));
    sets(server.fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    listen_on(server.fd.get());
    return server;
}

} // namespace kata
