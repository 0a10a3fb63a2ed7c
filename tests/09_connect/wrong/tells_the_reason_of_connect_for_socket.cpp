// Mistake: keeps the reason of an earlier connect() when the last address gets no socket
// Caught by: Robust.SaysWhyTheLastSocketCouldNotBeMade
// Says: came      "ECONNREFUSED"
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = EMFILE;
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
