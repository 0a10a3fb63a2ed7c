// Mistake: a head that comes after its limit, and before anybody asked, counts as none
// Caught by: Robust.SparesWhoseHeadCameInTime
// Says: expire(31000 ms) says: 8
#include "31_idle_timers/rest.h"

namespace kata {

struct Late : Other {
    Clock::time_point now{}; // of the last touch
};

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (!m_->other)
        m_->other = std::make_unique<Late>();
    static_cast<Late&>(*m_->other).now = now;
    if (const Connection* c = m_->find(fd)) {
        c->idle->end = m_->idle_end(now);
        m_->idle.splice(m_->idle.end(), m_->idle, c->idle);
    }
}

void IdleTimers::got_head(int fd)
{
    const Connection* c = m_->find(fd);
    if (c == nullptr || c->has_head || (m_->other && c->head->end <= static_cast<Late&>(*m_->other).now))
        return;
    forgets_head(*m_, fd);
}

} // namespace kata
