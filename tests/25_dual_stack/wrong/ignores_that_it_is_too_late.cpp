// Mistake: sets IPV6_V6ONLY when the socket is bound, and does not look at the result
// Caught by: Works.ListensTwiceAtOnePort
// Says: bind: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    Bound server = bind_tcp(every_address("[::]:", port));
    const int value = only ? 1 : 0;
    ::setsockopt(server.fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &value, sizeof value);
    listen_on(server.fd.get());
    return server;
}

} // namespace kata
