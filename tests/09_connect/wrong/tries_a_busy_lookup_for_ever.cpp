// Mistake: repeats a lookup that says EAI_AGAIN each second, until it says something else
// Caught by: Robust.SaysWhyANameHasNoAddress
// Says: still running after 2000 ms
#include "09_connect/rest.h"

#include <chrono>
#include <thread>

namespace kata {

std::vector<Endpoint> look_up(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    int problem = 0;
    while ((problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list)) == EAI_AGAIN)
        std::this_thread::sleep_for(std::chrono::seconds{1});
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
