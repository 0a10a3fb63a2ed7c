// Mistake: each byte begins the limit for the head again
// Caught by: Works.LimitsTheHead
// Says: due: 7 at 60000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const Connection* c = m_->find(fd)) {
        c->idle->end = m_->idle_end(now);
        m_->idle.splice(m_->idle.end(), m_->idle, c->idle);
        if (!c->has_head) {
            c->head->end = m_->head_end(now);
            m_->heads.splice(m_->heads.end(), m_->heads, c->head);
        }
    }
}

} // namespace kata
