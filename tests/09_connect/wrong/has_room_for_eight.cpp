// Mistake: has room for eight addresses of a name
// Caught by: Robust.TriesHoweverManyThereAre
// Says: connect: Connection refused
#include "09_connect/rest.h"

#include <array>
#include <memory>

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list); problem != 0)
        throw_lookup_error(problem);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner{list, &::freeaddrinfo};
    std::array<Endpoint, 8> room;
    std::size_t n = 0;
    for (const addrinfo* entry = list; entry != nullptr && n < room.size(); entry = entry->ai_next, ++n) {
        std::memcpy(&room[n].storage, entry->ai_addr, entry->ai_addrlen);
        room[n].size = entry->ai_addrlen;
    }
    return connect_any({room.data(), n});
}

} // namespace kata
