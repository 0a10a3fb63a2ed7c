// Mistake: tries an address once more when its time is over
// Caught by: Robust.TriesEachAddressOnce
// Says: no connection to ann
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        for (int tries = 0; tries < 2; ++tries) {
            UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
            error = fd ? try_to_connect(fd.get(), to) : errno;
            if (error == 0)
                return fd;
            if (error != ETIMEDOUT)
                break;
        }
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
