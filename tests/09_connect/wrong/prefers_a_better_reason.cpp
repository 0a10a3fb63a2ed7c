// Mistake: a family that the machine does not have is no good reason: throws that of an address before
// Caught by: Robust.SaysWhyTheLastSocketCouldNotBeMade
// Says: "ECONNREFUSED"
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int why = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        const int error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
        if (why == 0 || error != EAFNOSUPPORT)
            why = error;
    }
    throw std::system_error{why, std::generic_category(), "connect"};
}

} // namespace kata
