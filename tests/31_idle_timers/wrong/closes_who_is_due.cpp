// Mistake: closes those who are due; the caller, who is told of them, does it again, and may hit a stranger
// Caught by: Robust.TellsEachOnce
// Says: is open when it is due
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
            ::close(due.back());
        }
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
