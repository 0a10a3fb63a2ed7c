// Mistake: when nobody answers, tries the last address once more "to get its errno"
// Caught by: Robust.TriesEachAddressOnce
// Says: ECONNREFUSED
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no address to connect to"};
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        if (fd && try_to_connect(fd.get(), to) == 0)
            return fd;
    }
    UniqueFd fd = open_socket(candidates.back().family(), SOCK_STREAM);
    if (const int error = try_to_connect(fd.get(), candidates.back()); error != 0)
        throw std::system_error{error, std::generic_category(), "connect"};
    return fd;
}

} // namespace kata
