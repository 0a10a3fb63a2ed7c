// Mistake: sets the timer to whole milliseconds, rounded down
// Caught by: Works.SaysWhoWasSilentTooLong
// Says: in vain
#include "31_idle_timers/rest.h"

namespace kata {

void set_timer(int timer, Clock::time_point end)
{
    const itimerspec when = in_itimerspec(end == never ? 0ns : std::chrono::floor<milliseconds>(end.time_since_epoch()));
    if (::timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, nullptr) < 0)
        fail("timerfd_settime");
}

} // namespace kata
