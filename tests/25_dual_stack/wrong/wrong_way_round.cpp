// Mistake: takes IPV6_V6ONLY for an option that lets IPv4 in
// Caught by: Works.ServesClientsOfBothFamilies
// Says: expected  ann receives "hello"
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 0 : 1);
    sets(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

} // namespace kata
