// Mistake: looks once a second, whoever is there
// Caught by: Works.SleepsWhileNobodyIsThere
// Says: due: 7 at 3630000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void set_timer(int timer, Clock::time_point /*end*/)
{
    const itimerspec each_second{{1, 0}, {1, 0}};
    if (::timerfd_settime(timer, 0, &each_second, nullptr) < 0)
        fail("timerfd_settime");
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    set_timer(fd(), now);
    return due;
}

} // namespace kata
