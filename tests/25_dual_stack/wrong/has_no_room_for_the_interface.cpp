// Mistake: has room for the longest address, and not for the interface behind it
// Caught by: Robust.NamesTheInterfaceOfALinkLocalAddress
// Says: threw std::invalid_argument
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    char text[INET6_ADDRSTRLEN] = "";
    if ((host.family() != AF_INET && host.family() != AF_INET6) ||
        ::getnameinfo(host.address(), host.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    return text;
}

} // namespace kata
