// Mistake: counts the limits on the wall clock
// Caught by: Robust.NobodySetsThisClock
// Says: due: 7 at 30000 ms
#include "31_idle_timers/rest.h"

namespace kata {

UniqueFd make_timer() { return UniqueFd{::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)}; }

void set_timer(int timer, Clock::time_point end)
{
    const auto wall = std::chrono::system_clock::now().time_since_epoch() + (end - Clock::now());
    const itimerspec when = in_itimerspec(end == never ? 0ns : wall);
    if (::timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, nullptr) < 0)
        fail("timerfd_settime");
}

} // namespace kata
