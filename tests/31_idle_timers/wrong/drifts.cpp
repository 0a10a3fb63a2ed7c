// Mistake: gives the timer the whole limit, from the moment of the call
// Caught by: Robust.CountsFromTheMomentThatItIsTold
// Says: due: 7 at 30000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::add(int fd, Clock::time_point now)
{
    remove(fd);
    begins(*m_, fd, now);
    if (const auto first = std::min(m_->idle_end(now), m_->head_end(now)); first < m_->rings_at) {
        const itimerspec limit = in_itimerspec(first - now);
        ::timerfd_settime(m_->timer.get(), 0, &limit, nullptr);
        m_->rings_at = first;
    }
}

} // namespace kata
