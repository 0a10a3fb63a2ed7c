// Odd: makes the IPv4 listener first, and gives it in the second place
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    const UniqueFd probe{::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!probe && errno != EAFNOSUPPORT)
        fail("socket");
    servers.push_back(listen_ipv4(port));
    if (probe)
        servers.insert(servers.begin(), listen_ipv6(servers.front().local.port(), true));
    return servers;
}

} // namespace kata
