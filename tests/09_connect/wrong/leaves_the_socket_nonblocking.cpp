// Mistake: connects without blocking, and does not put the flag back
// Caught by: Robust.ReturnsAnOrdinarySocket
// Says: left O_NONBLOCK set on descriptor
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

int try_to_connect(int fd, const Endpoint& to)
{
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINPROGRESS ? wait_for_the_end(fd) : errno;
}

} // namespace kata
