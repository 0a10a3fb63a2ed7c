// Mistake: takes descriptor 0 for none
// Caught by: Robust.KnowsEachNumber
// Says: expire(50000 ms) says: 0
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::add(int fd, Clock::time_point now)
{
    if (fd <= 0)
        return;
    remove(fd);
    begins(*m_, fd, now);
    if (const auto first = std::min(m_->idle_end(now), m_->head_end(now)); first < m_->rings_at)
        rings(*m_, first);
}

} // namespace kata
