// Mistake: without IPv6, listens at whatever port the kernel chooses
// Caught by: Robust.DoesWithoutIpv6WhereThereIsNone
// Says: the port that you were asked for
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_dual(std::uint16_t port)
{
    std::optional<Bound> both = listen_ipv6_if_there_is(port, false);
    return both ? std::move(*both) : listen_ipv4(0);
}

} // namespace kata
