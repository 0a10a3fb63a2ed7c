// Mistake: strikes the events of who is removed out of its array, and goes by the number then
// Caught by: Robust.ForgetsWhoWasClosedFirst
// Says: the new IN, the new IN
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::forget(int fd)
{
    for (std::size_t i = next; i < end; ++i)
        if (number_of(batch[i]) == fd)
            batch[i].data.u64 = UINT32_MAX; // -1, which nobody has
    if (auto node = watched.extract(fd))
        removed.push_back(std::move(node));
}

Reactor::Machinery::Watched* Reactor::Machinery::meant_by(const epoll_event& event)
{
    const auto found = watched.find(number_of(event));
    return found == watched.end() ? nullptr : &found->second;
}

} // namespace kata
