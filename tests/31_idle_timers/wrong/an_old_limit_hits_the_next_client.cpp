// Mistake: leaves the old limit in the queue, and looks only whether somebody has that number
// Caught by: Hostile.TheNextClientHasTheSameDescriptor
// Says: cleo receives nothing yet
#include "31_idle_timers/rest.h"

namespace kata {

void forgets_idle(Parts& p, int fd) { p.connections.erase(fd); } // its place in the queue goes when its time comes

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    while (first_end(m_->heads) <= now) {
        due.push_back(m_->heads.front().fd);
        remove(due.back());
    }
    while (first_end(m_->idle) <= now) {
        const int fd = m_->idle.front().fd;
        if (m_->find(fd) != nullptr) {
            due.push_back(fd);
            remove(fd);
        }
        m_->idle.pop_front();
    }
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
