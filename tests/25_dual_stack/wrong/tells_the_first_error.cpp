// Mistake: where there is no IPv6, and IPv4 fails as well, it tells the first error
// Caught by: Robust.DoesWithoutIpv6WhereThereIsNone
// Says: EAFNOSUPPORT
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_dual(std::uint16_t port)
{
    try {
        return listen_ipv6(port, false);
    } catch (const std::system_error& e) {
        if (is_without_ipv6(e.code().value()))
            try {
                return listen_ipv4(port);
            } catch (const std::system_error&) { // neither: the first reason counts
            }
        throw;
    }
}

} // namespace kata
