// Mistake: keeps the sockets of failed attempts until it returns
// Caught by: Hostile.HoldsOneDescriptorAtATime
// Says: Too many open files
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    std::vector<UniqueFd> tried;
    for (const Endpoint& to : candidates) {
        UniqueFd& fd = tried.emplace_back(::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return std::move(fd);
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
