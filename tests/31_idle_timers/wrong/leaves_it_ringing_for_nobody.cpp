// Mistake: with nobody there it has nothing to do, and leaves the timer as it is
// Caught by: Robust.IsSilentWhenNobodyIsLeft
// Says: in vain
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    if (m_->connections.empty())
        return due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
