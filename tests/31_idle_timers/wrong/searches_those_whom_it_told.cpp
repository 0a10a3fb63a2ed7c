// Mistake: looks among all whom it tells whether it has told this one
// Caught by: Robust.CostsTheSameWithAHundredThousand
// Says: one of 20000 who are due at once
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            if (std::find(due.begin(), due.end(), queue->front().fd) == due.end())
                due.push_back(queue->front().fd);
            remove(queue->front().fd);
        }
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
