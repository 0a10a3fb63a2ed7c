// Mistake: lets the kernel choose a port for each of the two listeners
// Caught by: Works.ListensTwiceAtOnePort
// Says: `local` has the port that both share
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    if (std::optional<Bound> ipv6 = listen_ipv6_if_there_is(port, true))
        servers.push_back(std::move(*ipv6));
    servers.push_back(listen_ipv4(port));
    return servers;
}

} // namespace kata
