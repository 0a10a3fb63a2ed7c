// Mistake: a connection that is over both limits is told twice
// Caught by: Robust.TellsEachOnce
// Says: 8 and 8
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (const Queue* queue : {&m_->idle, &m_->heads})
        for (auto one = queue->begin(); one != queue->end() && one->end <= now; ++one)
            due.push_back(one->fd);
    for (const int fd : due)
        remove(fd);
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
