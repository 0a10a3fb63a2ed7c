// Mistake: modify() to the same events does nothing
// Caught by: Works.ArmsOneShotAgain
// Says: called are: ann IN
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::modify(int fd, std::uint32_t events)
{
    const auto found = m_->watched.find(fd);
    if (found != m_->watched.end() && found->second.asked == events)
        return;
    m_->control(EPOLL_CTL_MOD, fd, events, found == m_->watched.end() ? 0 : found->second.id);
    found->second.asked = events;
}

} // namespace kata
