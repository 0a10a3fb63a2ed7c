// Mistake: reads a timer that blocks, before it looks who is due
// Caught by: Works.SleepsWhileNobodyIsThere
// Says: read(
#include "31_idle_timers/rest.h"

namespace kata {

UniqueFd make_timer() { return UniqueFd{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)}; }

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::uint64_t times = 0;
    [[maybe_unused]] const ssize_t n = ::read(fd(), &times, sizeof times);
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
