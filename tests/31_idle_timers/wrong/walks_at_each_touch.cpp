// Mistake: looks for the connection by a walk through all
// Caught by: Robust.CostsTheSameWithAHundredThousand
// Says: times as much processor time
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::touch(int fd, Clock::time_point now)
{
    const auto found = std::find_if(m_->idle.begin(), m_->idle.end(), [&](const Due& due) { return due.fd == fd; });
    if (found == m_->idle.end())
        return;
    found->end = m_->idle_end(now);
    m_->idle.splice(m_->idle.end(), m_->idle, found);
}

} // namespace kata
