// Mistake: a touch of a number that it does not know makes a connection of it
// Caught by: Robust.ForgetsWhoIsGone
// Says: due: 8 at 30000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (m_->find(fd) == nullptr)
        add(fd, now);
    const Connection& c = m_->connections[fd];
    c.idle->end = m_->idle_end(now);
    m_->idle.splice(m_->idle.end(), m_->idle, c.idle);
}

} // namespace kata
