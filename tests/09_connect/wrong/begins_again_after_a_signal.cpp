// Mistake: closes the interrupted socket, and connects with a new one
// Caught by: Robust.GoesOnWithTheAttemptAfterASignal
// Says: no connection to ann
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd;
        do {
            fd.reset(::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
            error = fd && ::connect(fd.get(), to.address(), to.size) == 0 ? 0 : errno;
        } while (error == EINTR);
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
