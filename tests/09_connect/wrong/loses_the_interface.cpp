// Mistake: takes address and port out of an entry, and not the interface of a link-local address
// Caught by: Robust.KeepsTheInterfaceOfALinkLocalAddress
// Says: came      EINVAL
#include "09_connect/rest.h"

#include <netinet/in.h>

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    std::vector<Endpoint> candidates = look_up(host, service);
    for (Endpoint& candidate : candidates) {
        if (candidate.family() != AF_INET6)
            continue;
        sockaddr_in6 entry{}, copy{};
        std::memcpy(&entry, &candidate.storage, sizeof entry);
        copy.sin6_family = AF_INET6;
        copy.sin6_port = entry.sin6_port;
        copy.sin6_addr = entry.sin6_addr;
        std::memcpy(&candidate.storage, &copy, sizeof copy);
    }
    return connect_any(candidates);
}

} // namespace kata
