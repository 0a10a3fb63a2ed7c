// Mistake: does not look whether the options could be set
// Caught by: Robust.ServesBothOrTellsWhichCallFailed
// Says: you leave IPV6_V6ONLY to the machine
#include "25_dual_stack/rest.h"

namespace kata {

void prepares(const UniqueFd& fd, bool only)
{
    const int value = only ? 1 : 0, on = 1;
    ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &value, sizeof value);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

} // namespace kata
