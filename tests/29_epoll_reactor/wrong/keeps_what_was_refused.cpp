// Mistake: notes the callback first, and leaves it there when epoll refuses
// Caught by: Robust.TellsWhatCannotBeWatched
// Says: the callback is destroyed with what could not be watched
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    const std::uint32_t id = ++m_->last_id;
    if (!m_->watched.contains(fd))
        m_->watched.emplace(fd, Machinery::Watched{id, events, std::move(callback)});
    m_->control(EPOLL_CTL_ADD, fd, events, id);
}

} // namespace kata
