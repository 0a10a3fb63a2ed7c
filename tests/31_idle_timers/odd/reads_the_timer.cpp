// Odd: reads the timer first, whether it rang or not, and gives it what is left by a clock of its own
#include "31_idle_timers/rest.h"

namespace kata {

void set_timer(int timer, Clock::time_point end)
{
    const itimerspec left = in_itimerspec(end == never ? 0ns : std::max<Clock::duration>(end - Clock::now(), 1ns));
    if (::timerfd_settime(timer, 0, &left, nullptr) < 0)
        fail("timerfd_settime");
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::uint64_t times = 0;
    if (::read(fd(), &times, sizeof times) < 0 && errno != EAGAIN)
        fail("read");
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
