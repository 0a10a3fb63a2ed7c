// Mistake: listens in one family when the other one is taken
// Caught by: Hostile.LeavesAPortWhereSomebodyListens
// Says: std::system_error with EADDRINUSE
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each(std::uint16_t port)
{
    std::vector<Bound> servers;
    try {
        servers.push_back(listen_ipv6(port, true));
    } catch (const std::system_error&) {
    }
    try {
        servers.push_back(listen_ipv4(servers.empty() ? port : servers.front().local.port()));
    } catch (const std::system_error&) {
        if (servers.empty())
            throw;
    }
    return servers;
}

} // namespace kata
