// Mistake: takes a timer whose moment is `now` for one that has not rung
// Caught by: Robust.RingsForWhoIsDueAlready
// Says: the timer is silent
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(queue->front().fd);
        }
    if (now > m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
