// Mistake: looks a name up once more when the first lookup says EAI_AGAIN
// Caught by: Robust.SaysWhyANameHasNoAddress
// Says: one lookup for each of the four names
#include "09_connect/rest.h"

namespace kata {

std::vector<Endpoint> look_up(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const std::string name{host}, port{service};
    int problem = ::getaddrinfo(name.c_str(), port.c_str(), &hints, &list);
    if (problem == EAI_AGAIN)
        problem = ::getaddrinfo(name.c_str(), port.c_str(), &hints, &list);
    if (problem != 0)
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
