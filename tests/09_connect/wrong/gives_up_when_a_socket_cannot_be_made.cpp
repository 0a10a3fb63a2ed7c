// Mistake: lets the exception of open_socket leave the loop
// Caught by: Robust.SkipsAFamilyThatTheMachineDoesNotHave
// Says: threw socket: Address family not supported by protocol
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd = open_socket(to.family(), SOCK_STREAM);
        error = try_to_connect(fd.get(), to);
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
