// Mistake: keeps the others of the turn when a std::exception comes, and not when something else does
// Caught by: Robust.WatchesOnWhoThrew
// Says: three turns have called each once
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::tells(Watched& who, std::uint32_t events)
{
    const std::size_t all = std::exchange(end, next);
    try {
        who.callback(events);
    } catch (const std::exception&) {
        end = all;
        throw;
    }
    end = all;
}

} // namespace kata
