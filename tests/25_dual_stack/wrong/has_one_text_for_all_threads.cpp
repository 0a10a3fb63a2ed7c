// Mistake: makes the text in a static buffer
// Caught by: Robust.SharesNoTextBetweenThreads
// Says: came      2001:db8:2222:
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    static char text[NI_MAXHOST];
    const Endpoint host = canonical(endpoint);
    if ((host.family() != AF_INET && host.family() != AF_INET6) ||
        ::getnameinfo(host.address(), host.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    return text;
}

} // namespace kata
