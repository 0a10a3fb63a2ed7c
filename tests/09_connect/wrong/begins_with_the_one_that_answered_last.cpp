// Mistake: remembers which address answered, and tries that one first the next time, wherever it stands in the list
// Caught by: Robust.BeginsWithTheFirstEachTime
// Says: one that waits to be accepted
#include "09_connect/rest.h"

#include <algorithm>

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    static thread_local std::string last;
    const auto name = [](const Endpoint& e) { return std::string{reinterpret_cast<const char*>(&e.storage), e.size}; };
    std::vector<Endpoint> in_turn{candidates.begin(), candidates.end()};
    std::stable_partition(in_turn.begin(), in_turn.end(), [&](const Endpoint& e) { return name(e) == last; });
    if (in_turn.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : in_turn) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error != 0)
            continue;
        last = name(to);
        return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
