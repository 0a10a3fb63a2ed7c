// Mistake: looks up all callbacks of the turn before it calls the first
// Caught by: Robust.ForgetsWhoWasRemovedInTheSameTurn
// Says: one is called
#include "29_epoll_reactor/rest.h"

namespace kata {

int Reactor::Machinery::call_those_who_are_left()
{
    std::vector<std::pair<Callback, std::uint32_t>> calls;
    for (; next < end; ++next)
        if (const Watched* const who = meant_by(batch[next]))
            calls.emplace_back(who->callback, std::uint32_t{batch[next].events});
    for (const auto& [callback, events] : calls)
        callback(events);
    return static_cast<int>(calls.size());
}

} // namespace kata
