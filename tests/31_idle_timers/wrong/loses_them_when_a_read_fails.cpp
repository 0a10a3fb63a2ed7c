// Mistake: forgets who is due before it reads the timer, and throws when that fails
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: expire() says after 10, 30 and 31 s
#include "31_idle_timers/rest.h"

namespace kata {

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    std::uint64_t times = 0;
    if (::read(fd(), &times, sizeof times) < 0 && errno != EAGAIN)
        fail("read");
    rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
