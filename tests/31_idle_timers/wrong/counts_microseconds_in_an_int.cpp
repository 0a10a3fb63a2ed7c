// Mistake: counts the microseconds of a limit in an int: enough for half an hour
// Caught by: Robust.KnowsLongAndShortLimits
// Says: due: 7 at 1728000000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void begins(Parts& p, int fd, Clock::time_point now)
{
    const auto in_us = [](int ms) { return std::chrono::microseconds{static_cast<int>(static_cast<unsigned>(ms) * 1000U)}; };
    p.connections[fd] = {p.idle.insert(p.idle.end(), {fd, now + in_us(p.limits.idle_ms)}),
                         p.heads.insert(p.heads.end(), {fd, now + in_us(p.limits.head_ms)})};
}

void IdleTimers::add(int fd, Clock::time_point now)
{
    remove(fd);
    begins(*m_, fd, now);
    if (next_end(*m_) < m_->rings_at)
        rings(*m_, next_end(*m_));
}

} // namespace kata
