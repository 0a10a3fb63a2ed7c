// Mistake: goes through the whole list, and keeps the last connection
// Caught by: Works.ConnectsToTheFirstThatAnswers
// Says: no connection to bob
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    UniqueFd connected;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            connected = std::move(fd);
    }
    if (connected)
        return connected;
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
