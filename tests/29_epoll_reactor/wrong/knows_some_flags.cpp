// Mistake: hands the flags that it knows to the kernel, and no others
// Caught by: Works.ChangesWhatIsWatched
// Says: called are: ann PRI
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::control(int operation, int fd, std::uint32_t events, std::uint32_t id) const
{
    constexpr std::uint32_t known = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET | EPOLLONESHOT | EPOLLEXCLUSIVE;
    epoll_event event{events & known, {.u64 = std::uint64_t{id} << 32 | static_cast<std::uint32_t>(fd)}};
    checked(::epoll_ctl(epoll.get(), operation, fd, &event), "epoll_ctl");
}

} // namespace kata
