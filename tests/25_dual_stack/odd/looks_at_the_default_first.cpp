// Odd: asks what IPV6_V6ONLY is, and sets it only where it has to
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    int is_only = 0;
    socklen_t size = sizeof is_only;
    if (::getsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &is_only, &size) < 0)
        fail("getsockopt");
    if ((is_only != 0) != only)
        sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    sets(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

} // namespace kata
