// Mistake: keeps EPOLLET from the kernel
// Caught by: Works.TellsAnEdgeOnce
// Says: nobody is called
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::control(int operation, int fd, std::uint32_t events, std::uint32_t id) const
{
    epoll_event event{events & ~static_cast<std::uint32_t>(EPOLLET),
                      {.u64 = std::uint64_t{id} << 32 | static_cast<std::uint32_t>(fd)}};
    checked(::epoll_ctl(epoll.get(), operation, fd, &event), "epoll_ctl");
}

} // namespace kata
