// Mistake: keeps a reason only where connect() failed: when socket() fails, "Success" is thrown
// Caught by: Robust.SaysWhyTheLastSocketCouldNotBeMade
// Says: came      "0"
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        if (!fd)
            continue;
        error = try_to_connect(fd.get(), to);
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
