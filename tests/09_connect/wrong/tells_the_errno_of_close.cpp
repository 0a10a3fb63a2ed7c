// Mistake: closes the socket before it keeps the reason
// Caught by: Robust.TellsWhicheverCallFails
// Says: the errno of the call that failed
#include "09_connect/rest.h"

#include <unistd.h>

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        if (!fd)
            continue;
        errno = try_to_connect(fd.get(), to);
        if (errno == 0)
            return fd;
        ::close(fd.release());
    }
    throw std::system_error{errno, std::generic_category(), "connect"};
}

} // namespace kata
