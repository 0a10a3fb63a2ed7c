// Mistake: asks for EPOLLRDHUP where nobody asked for it
// Caught by: Works.TellsAsLongAsItIsReady
// Says: called are: ann IN
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::control(int operation, int fd, std::uint32_t events, std::uint32_t id) const
{
    if (operation == EPOLL_CTL_ADD && (events & EPOLLEXCLUSIVE) == 0)
        events |= EPOLLRDHUP;
    epoll_event event{events, {.u64 = std::uint64_t{id} << 32 | static_cast<std::uint32_t>(fd)}};
    checked(::epoll_ctl(epoll.get(), operation, fd, &event), "epoll_ctl");
}

} // namespace kata
