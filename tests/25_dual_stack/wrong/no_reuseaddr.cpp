// Mistake: a restarted server does not get its port back
// Caught by: Robust.TakesThePortBackAfterARestart
// Says: bind: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only) { sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0); }

} // namespace kata
