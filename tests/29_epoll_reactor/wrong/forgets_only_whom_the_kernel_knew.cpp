// Mistake: forgets the callback only when the kernel still watched the descriptor
// Caught by: Robust.ForgetsWhoWasClosedFirst
// Says: the callback is destroyed when the next turn has begun
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::remove(int fd) noexcept
{
    if (::epoll_ctl(m_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr) == 0)
        m_->forget(fd);
}

} // namespace kata
