// Mistake: gives an empty text for what is no IP address
// Caught by: Robust.RefusesWhatIsNoAddress
// Says: std::invalid_argument
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    char text[NI_MAXHOST] = "";
    if (host.family() == AF_INET || host.family() == AF_INET6)
        ::getnameinfo(host.address(), host.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    return text;
}

} // namespace kata
