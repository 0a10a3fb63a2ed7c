// Mistake: tests the descriptor with > 0
// Caught by: Robust.TakesDescriptor0
// Says: it gave up before that
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd.get() > 0 ? try_to_connect(fd.get(), to) : EMFILE;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
