// Mistake: leaves ai_socktype out, and connects a UDP socket where nobody listens
// Caught by: Works.TriesAllAddressesOfAName
// Says: it is another kind of socket
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    addrinfo* list = nullptr;
    if (const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list); problem != 0)
        throw_lookup_error(problem);
    int error = 0;
    UniqueFd connected;
    for (const addrinfo* entry = list; entry != nullptr && !connected; entry = entry->ai_next) {
        UniqueFd fd{::socket(entry->ai_family, entry->ai_socktype | SOCK_CLOEXEC, entry->ai_protocol)};
        if (fd && ::connect(fd.get(), entry->ai_addr, entry->ai_addrlen) == 0)
            connected = std::move(fd);
        error = errno;
    }
    ::freeaddrinfo(list);
    if (!connected)
        throw std::system_error{error, std::generic_category(), "connect"};
    return connected;
}

} // namespace kata
