// Mistake: collects who is due in a static list, which all threads share
// Caught by: Robust.EachInAThreadOfItsOwn
// Says: expire(30000 ms) says: 7
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    static std::vector<int> due;
    due.clear();
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
