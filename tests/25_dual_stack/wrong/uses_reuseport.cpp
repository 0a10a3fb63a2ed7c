// Mistake: SO_REUSEPORT in place of SO_REUSEADDR
// Caught by: Robust.TakesThePortBackAfterARestart
// Says: bind: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    sets(fd, SOL_SOCKET, SO_REUSEPORT, 1);
}

} // namespace kata
