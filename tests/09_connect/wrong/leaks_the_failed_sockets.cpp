// Mistake: never closes the socket of a failed attempt
// Caught by: Works.TriesTheNextAddress
// Says: leaked 2 descriptors: 3 (from socket), 4 (from socket)
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        const int fd = ::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
        error = fd >= 0 ? try_to_connect(fd, to) : errno;
        if (error == 0)
            return UniqueFd{fd};
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
