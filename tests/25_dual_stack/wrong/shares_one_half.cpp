// Mistake: gives the IPv6 half of a pair SO_REUSEPORT, for "two sockets share one port": a second server gets that half
// Caught by: Hostile.LeavesItsOwnKindAlone
// Says: std::system_error with EADDRINUSE
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    sets(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (only)
        sets(fd, SOL_SOCKET, SO_REUSEPORT, 1);
}

} // namespace kata
