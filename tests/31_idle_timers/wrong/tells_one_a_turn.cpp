// Mistake: tells one of them a turn
// Caught by: Robust.TellsAllWhoAreDue
// Says: all of the 1000
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        if (due.empty() && first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
