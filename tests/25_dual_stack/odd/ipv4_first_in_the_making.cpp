// Odd: makes the IPv4 listener first, and gives it in the second place
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    servers.push_back(listen_ipv4(port));
    if (std::optional<Bound> ipv6 = listen_ipv6_if_there_is(servers.front().local.port(), true))
        servers.insert(servers.begin(), std::move(*ipv6));
    return servers;
}

} // namespace kata
