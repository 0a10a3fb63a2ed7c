// Mistake: makes one socket, of the family of the first address
// Caught by: Works.TriesTheOtherFamily
// Says: it gave up before that
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(candidates.front().family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
