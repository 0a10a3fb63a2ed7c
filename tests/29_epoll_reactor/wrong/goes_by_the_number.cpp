// Mistake: knows a registration by its number alone
// Caught by: Robust.TellsTheNextOneFromItsNumber
// Says: a stranger with the same number
#include "29_epoll_reactor/rest.h"

namespace kata {

Reactor::Machinery::Watched* Reactor::Machinery::meant_by(const epoll_event& event)
{
    const auto found = watched.find(number_of(event));
    return found == watched.end() ? nullptr : &found->second;
}

} // namespace kata
