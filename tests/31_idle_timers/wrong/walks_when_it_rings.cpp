// Mistake: knows who is next, and looks at all connections when the timer has rung
// Caught by: Robust.CostsTheSameWithAHundredThousand
// Says: a turn in which one is due
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    if (next_end(*m_) > now && now < m_->rings_at)
        return due;
    for (const auto& [fd, c] : m_->connections)
        if (c.idle->end <= now || (!c.has_head && c.head->end <= now))
            due.push_back(fd);
    for (const int fd : due)
        remove(fd);
    rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
