// Mistake: notes the callback before epoll says that the descriptor is watched already
// Caught by: Robust.WatchesOnlyOnce
// Says: called are: the first IN
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    const std::uint32_t id = m_->watched.contains(fd) ? m_->watched.at(fd).id : ++m_->last_id;
    m_->watched.insert_or_assign(fd, Machinery::Watched{id, events, std::move(callback)});
    try {
        m_->control(EPOLL_CTL_ADD, fd, events, id);
    } catch (const std::system_error& e) {
        if (e.code().value() != EEXIST)
            m_->forget(fd);
        throw;
    }
}

} // namespace kata
