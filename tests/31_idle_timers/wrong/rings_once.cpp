// Mistake: does not set the timer to the next one
// Caught by: Works.RingsForEach
// Says: due: 100 at 30000 ms
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    if (now >= m_->rings_at)
        rings(*m_, never);
    return due;
}

} // namespace kata
