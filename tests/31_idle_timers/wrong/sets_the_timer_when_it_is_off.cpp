// Mistake: sets the timer only when it is off: who is due before the others is told too late
// Caught by: Robust.RingsForAHeadBeforeTheOthers
// Says: due: 8 at 25000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::add(int fd, Clock::time_point now)
{
    remove(fd);
    begins(*m_, fd, now);
    if (m_->rings_at == never)
        rings(*m_, std::min(m_->idle_end(now), m_->head_end(now)));
}

} // namespace kata
