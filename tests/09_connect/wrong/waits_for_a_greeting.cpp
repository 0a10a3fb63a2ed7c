// Mistake: waits for the first byte to be sure that the server is there
// Caught by: Hostile.DoesNotWaitForTheProgramBehindThePort
// Says: stuck: asleep in recv(3)
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    char first = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0 && ::recv(fd.get(), &first, 1, MSG_PEEK) >= 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
