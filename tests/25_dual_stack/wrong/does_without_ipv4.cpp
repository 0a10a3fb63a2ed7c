// Mistake: does without either family
// Caught by: Robust.DoesNotDoWithoutIpv4
// Says: std::system_error with EAFNOSUPPORT
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    if (std::optional<Bound> ipv6 = listen_ipv6_if_there_is(port, true))
        servers.push_back(std::move(*ipv6));
    try {
        servers.push_back(listen_ipv4(servers.empty() ? port : servers.front().local.port()));
    } catch (const std::system_error& e) {
        if (!is_without_ipv6(e.code().value()) || servers.empty())
            throw;
    }
    return servers;
}

} // namespace kata
