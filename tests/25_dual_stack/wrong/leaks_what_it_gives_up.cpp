// Mistake: keeps the first listener open when it chooses again
// Caught by: Hostile.ChoosesAgainWhatIsFreeInOneFamilyOnly
// Says: (from socket)
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    std::optional<Bound> ipv6 = listen_ipv6_if_there_is(port, true);
    const std::uint16_t chosen = ipv6 ? ipv6->local.port() : port;
    const int fd = ipv6 ? ipv6->fd.release() : -1;
    servers.push_back(listen_ipv4(chosen));
    if (ipv6)
        servers.insert(servers.begin(), Bound{UniqueFd{fd}, ipv6->local});
    return servers;
}

} // namespace kata
