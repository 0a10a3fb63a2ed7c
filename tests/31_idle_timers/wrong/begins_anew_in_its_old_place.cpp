// Mistake: one that begins anew keeps its place in the queue of the heads, which has no order then
// Caught by: Robust.BeginsAnewForTheNextRequest
// Says: expire(361000 ms) says: 13
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::add(int fd, Clock::time_point now)
{
    if (const auto first = std::min(m_->idle_end(now), m_->head_end(now)); first < m_->rings_at)
        rings(*m_, first);
    if (Connection* c = m_->find(fd); c != nullptr && !c->has_head) {
        touch(fd, now);
        c->head->end = m_->head_end(now);
        return;
    }
    remove(fd);
    begins(*m_, fd, now);
}

} // namespace kata
