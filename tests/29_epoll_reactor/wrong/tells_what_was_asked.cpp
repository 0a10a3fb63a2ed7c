// Mistake: tells only of what was asked for
// Caught by: Robust.TellsOfAResetUnasked
// Says: called are: ann ERR|HUP
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::tells(Watched& who, std::uint32_t events)
{
    if ((events & who.asked) != 0)
        who.callback(events & who.asked);
}

} // namespace kata
