// Mistake: looks for who is due only when the timer has rung
// Caught by: Robust.MayBeAskedAtAnyTime
// Says: expire(35000 ms) says: 7
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::uint64_t times = 0;
    std::vector<int> due;
    if (::read(fd(), &times, sizeof times) < 0)
        return due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
