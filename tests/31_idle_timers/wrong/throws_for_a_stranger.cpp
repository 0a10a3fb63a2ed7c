// Mistake: throws for a number that it does not know
// Caught by: Robust.ForgetsWhoIsGone
// Says: out_of_range
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::got_head(int fd)
{
    Connection& c = m_->connections.at(fd);
    if (!c.has_head)
        m_->heads.erase(c.head);
    c.has_head = true;
}

void IdleTimers::remove(int fd) // so add() is quiet
{
    if (m_->find(fd) != nullptr)
        got_head(fd);
    forgets_idle(*m_, fd);
}

} // namespace kata
