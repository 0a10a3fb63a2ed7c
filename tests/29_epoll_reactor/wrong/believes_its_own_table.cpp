// Mistake: asks its own table whether a number is taken
// Caught by: Robust.TakesANumberThatNobodyRemoved
// Says: EEXIST
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    if (m_->watched.contains(fd))
        throw std::system_error{EEXIST, std::generic_category(), "add"};
    m_->control(EPOLL_CTL_ADD, fd, events, ++m_->last_id);
    m_->watched.emplace(fd, Machinery::Watched{m_->last_id, events, std::move(callback)});
}

} // namespace kata
