// Mistake: has the IPv4 listener in the first place
// Caught by: Works.ListensTwiceAtOnePort
// Says: a socket of AF_INET6, SOCK_STREAM
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    servers.push_back(listen_ipv4(port));
    if (std::optional<Bound> ipv6 = listen_ipv6_if_there_is(servers.front().local.port(), true))
        servers.push_back(std::move(*ipv6));
    return servers;
}

} // namespace kata
