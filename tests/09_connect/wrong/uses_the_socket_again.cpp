// Mistake: tries the next address with the socket that has failed
// Caught by: Robust.MakesANewSocketForEachAttempt
// Says: on the socket whose first attempt was refused
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0, family = AF_UNSPEC;
    UniqueFd fd;
    for (const Endpoint& to : candidates) {
        if (!fd || family != to.family())
            fd.reset(::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
        family = to.family();
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
