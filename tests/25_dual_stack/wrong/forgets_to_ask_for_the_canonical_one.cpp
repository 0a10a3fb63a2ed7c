// Mistake: writes the endpoint as it came
// Caught by: Works.NamesAMappedClientAsIpv4
// Says: expected  192.0.2.7
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    char text[NI_MAXHOST] = "";
    if ((endpoint.family() != AF_INET && endpoint.family() != AF_INET6) ||
        ::getnameinfo(endpoint.address(), endpoint.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    return text;
}

} // namespace kata
