// Mistake: remove() closes the descriptor
// Caught by: Robust.IsOneOfSeveral
// Says: called are: other IN
#include "29_epoll_reactor/rest.h"

#include <unistd.h>

namespace kata {

void Reactor::remove(int fd) noexcept
{
    m_->forget(fd);
    ::epoll_ctl(m_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
    ::close(fd);
}

} // namespace kata
