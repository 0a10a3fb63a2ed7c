// Mistake: modify() deletes the entry and adds it anew
// Caught by: Robust.KeepsWhatItHadWhenModifyFails
// Says: called are: the one IN
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::modify(int fd, std::uint32_t events)
{
    const auto found = m_->watched.find(fd);
    const std::uint32_t id = found == m_->watched.end() ? 0 : found->second.id;
    m_->control(EPOLL_CTL_DEL, fd, 0, 0);
    m_->control(EPOLL_CTL_ADD, fd, events, id);
}

} // namespace kata
