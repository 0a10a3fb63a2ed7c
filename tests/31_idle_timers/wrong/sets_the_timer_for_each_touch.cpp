// Mistake: sets the timer at each touch
// Caught by: Robust.TouchesWithoutASystemCall
// Says: make no system call
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const Connection* c = m_->find(fd)) {
        c->idle->end = m_->idle_end(now);
        m_->idle.splice(m_->idle.end(), m_->idle, c->idle);
        rings(*m_, next_end(*m_));
    }
}

} // namespace kata
