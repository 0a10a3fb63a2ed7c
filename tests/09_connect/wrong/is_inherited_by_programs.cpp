// Mistake: makes the socket without SOCK_CLOEXEC
// Caught by: Robust.ReturnsAnOrdinarySocket
// Says: left FD_CLOEXEC cleared on descriptor
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
