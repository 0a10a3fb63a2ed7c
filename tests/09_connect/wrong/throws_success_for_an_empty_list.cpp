// Mistake: falls through to the error of an attempt that nobody made
// Caught by: Works.RejectsAnEmptyList
// Says: threw std::system_error: connect: Success
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
