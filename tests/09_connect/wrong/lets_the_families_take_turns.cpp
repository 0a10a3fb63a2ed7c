// Mistake: alternates the families of a name (RFC 8305 section 4): two of one family are not tried in the order of getaddrinfo()
// Caught by: Robust.KeepsTheOrderOfTheName
// Says: sockets of the families IPv4 IPv6 IPv4 IPv4
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    const std::vector<Endpoint> candidates = look_up(host, service);
    std::vector<Endpoint> same, other, mixed;
    for (const Endpoint& candidate : candidates)
        (candidate.family() == candidates.front().family() ? same : other).push_back(candidate);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (i < same.size())
            mixed.push_back(same[i]);
        if (i < other.size())
            mixed.push_back(other[i]);
    }
    return connect_any(mixed);
}

} // namespace kata
