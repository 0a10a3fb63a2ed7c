// Mistake: tries the IPv6 addresses of a name first
// Caught by: Robust.KeepsTheOrderOfTheName
// Says: sockets of the families IPv6
#include "09_connect/rest.h"

#include <algorithm>

namespace kata {

std::vector<Endpoint> look_up(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const std::string name{host}, port{service};
    if (const int problem = ::getaddrinfo(name.c_str(), port.c_str(), &hints, &list); problem != 0)
        throw_lookup_error(problem);
    std::vector<Endpoint> candidates;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        Endpoint& endpoint = candidates.emplace_back();
        std::memcpy(&endpoint.storage, entry->ai_addr, entry->ai_addrlen);
        endpoint.size = entry->ai_addrlen;
    }
    ::freeaddrinfo(list);
    std::stable_partition(candidates.begin(), candidates.end(), [](const Endpoint& e) { return e.family() == AF_INET6; });
    return candidates;
}

} // namespace kata
