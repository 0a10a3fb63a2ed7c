// Mistake: leaves IPV6_V6ONLY to the machine, where both are wanted
// Caught by: Robust.DoesNotTrustTheDefault
// Says: net.ipv6.bindv6only may be either
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    if (only)
        sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    sets(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

} // namespace kata
