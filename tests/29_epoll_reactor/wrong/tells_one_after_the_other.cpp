// Mistake: one call for each bit, the end first
// Caught by: Works.TellsAllAtOnce
// Says: called are: ann IN|RDHUP
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::tells(Watched& who, std::uint32_t events)
{
    for (const std::uint32_t bit : {EPOLLERR, EPOLLHUP, EPOLLRDHUP, EPOLLIN, EPOLLOUT})
        if ((events & bit) != 0)
            who.callback(bit);
}

} // namespace kata
