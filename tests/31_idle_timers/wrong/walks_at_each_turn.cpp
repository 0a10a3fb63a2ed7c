// Mistake: looks at all connections in each turn
// Caught by: Robust.CostsTheSameWithAHundredThousand
// Says: times as much processor time
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (const auto& [fd, c] : m_->connections)
        if (c.idle->end <= now || (!c.has_head && c.head->end <= now))
            due.push_back(fd);
    for (const int fd : due)
        remove(fd);
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
