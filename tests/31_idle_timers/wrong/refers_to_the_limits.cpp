// Mistake: keeps a reference to the limits, which are the caller's
// Caught by: Robust.OneOfTwo
// Says: expire(34999 ms) says: nobody
#include "31_idle_timers/rest.h"

namespace kata {

struct Referring : Other {
    explicit Referring(const IdleLimits& its) : limits{its} {}
    const IdleLimits& limits;
};

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    if (!m_->timer)
        fail("timerfd_create");
    m_->other = std::make_unique<Referring>(limits);
}

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const Connection* c = m_->find(fd)) {
        c->idle->end = now + milliseconds{static_cast<Referring&>(*m_->other).limits.idle_ms};
        m_->idle.splice(m_->idle.end(), m_->idle, c->idle);
    }
}

} // namespace kata
