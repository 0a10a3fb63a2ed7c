// Mistake: keeps the first reason, not the last
// Caught by: Works.SaysWhyWhenAllFail
// Says: ETIMEDOUT
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int first_error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        const int error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
        if (first_error == 0)
            first_error = error;
    }
    throw std::system_error{first_error, std::generic_category(), "connect"};
}

} // namespace kata
