// Mistake: goes on after what connect(2) says of the network, but not when descriptors are short for a moment
// Caught by: Robust.TriesTheOtherAddressWhicheverCallFails
// Says: the second address is tried
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
        if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM)
            break;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
