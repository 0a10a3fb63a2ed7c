// Mistake: frees the list on the two ways out that it thought of: connected, and refused
// Caught by: Robust.TellsWhicheverCallFailsForAName
// Says: leaked memory
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list); problem != 0)
        throw_lookup_error(problem);
    int error = 0;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        Endpoint to;
        std::memcpy(&to.storage, entry->ai_addr, entry->ai_addrlen);
        to.size = entry->ai_addrlen;
        UniqueFd fd = open_socket(to.family(), SOCK_STREAM); // throws
        error = try_to_connect(fd.get(), to);
        if (error == 0) {
            ::freeaddrinfo(list);
            return fd;
        }
    }
    ::freeaddrinfo(list);
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
