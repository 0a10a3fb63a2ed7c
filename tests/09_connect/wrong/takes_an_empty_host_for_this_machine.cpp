// Mistake: takes an empty host for this machine
// Caught by: Robust.SaysWhyANameHasNoAddress
// Says: Name or service not known
#include "09_connect/rest.h"

namespace kata {

std::vector<Endpoint> look_up(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const std::string name{host}, port{service};
    if (const int problem = ::getaddrinfo(name.empty() ? nullptr : name.c_str(), port.c_str(), &hints, &list); problem != 0)
        throw_lookup_error(problem);
    std::vector<Endpoint> candidates;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        Endpoint& endpoint = candidates.emplace_back();
        std::memcpy(&endpoint.storage, entry->ai_addr, entry->ai_addrlen);
        endpoint.size = entry->ai_addrlen;
    }
    ::freeaddrinfo(list);
    return candidates;
}

} // namespace kata
