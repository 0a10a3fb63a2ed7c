// Mistake: add() of a number that is known changes nothing
// Caught by: Robust.BeginsAnewForTheNextRequest
// Says: expire(
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::add(int fd, Clock::time_point now)
{
    if (m_->find(fd) != nullptr)
        return;
    begins(*m_, fd, now);
    if (const auto first = std::min(m_->idle_end(now), m_->head_end(now)); first < m_->rings_at)
        rings(*m_, first);
}

} // namespace kata
