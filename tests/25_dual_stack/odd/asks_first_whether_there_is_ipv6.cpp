// Odd: makes an IPv6 socket only to see whether that is possible
#include "25_dual_stack/rest.h"

namespace kata {

std::optional<Bound> listen_ipv6_if_there_is(std::uint16_t port, bool only)
{
    const UniqueFd probe{::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    if (!probe && is_without_ipv6(errno))
        return std::nullopt;
    if (!probe)
        fail("socket");
    return listen_ipv6(port, only);
}

} // namespace kata
