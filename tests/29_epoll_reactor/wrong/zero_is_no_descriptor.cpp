// Mistake: takes 0 for no descriptor
// Caught by: Robust.WatchesAnyNumber
// Says: nobody is called
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::remove(int fd) noexcept
{
    if (fd <= 0)
        return;
    m_->forget(fd);
    ::epoll_ctl(m_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

} // namespace kata
