// Mistake: sets the option at SOL_SOCKET, where its number means another one
// Caught by: Works.ListensTwiceAtOnePort
// Says: setsockopt
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    sets(fd, SOL_SOCKET, IPV6_V6ONLY, only ? 1 : 0);
    sets(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

} // namespace kata
