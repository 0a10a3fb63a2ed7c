// Mistake: sets IPV6_V6ONLY, as one does for a listener: an IPv6 socket then reaches no IPv4 host
// Caught by: Robust.ReachesAMappedAddress
// Says: ENETUNREACH
#include "09_connect/rest.h"

#include <netinet/in.h>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    const int on = 1;
    if (to.family() == AF_INET6)
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

} // namespace kata
