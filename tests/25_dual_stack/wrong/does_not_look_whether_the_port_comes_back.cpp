// Mistake: does not look whether SO_REUSEADDR could be set
// Caught by: Robust.ServesBothOrTellsWhichCallFailed
// Says: a server that cannot be restarted
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    const int on = 1;
    sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

} // namespace kata
