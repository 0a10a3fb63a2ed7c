// Mistake: repeats a lookup that a signal broke off, as one does with a system call
// Caught by: Robust.SaysWhateverTheLookupSays
// Says: getaddrinfo("interrupted.test")
#include "09_connect/rest.h"

namespace kata {

std::vector<Endpoint> look_up(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const std::string name{host}, port{service};
    int problem = 0;
    do
        problem = ::getaddrinfo(name.c_str(), port.c_str(), &hints, &list);
    while (problem == EAI_SYSTEM && errno == EINTR);
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
