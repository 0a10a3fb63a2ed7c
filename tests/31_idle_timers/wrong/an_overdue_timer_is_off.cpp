// Mistake: gives the timer what is left, and 0 when that is over: 0 is off
// Caught by: Robust.RingsForWhoIsDueAlready
// Says: the timer can be read
#include "31_idle_timers/rest.h"

namespace kata {

void set_timer(int timer, Clock::time_point end)
{
    const itimerspec when = in_itimerspec(end == never ? 0ns : std::max<Clock::duration>(end - Clock::now(), 0ns));
    if (::timerfd_settime(timer, 0, &when, nullptr) < 0)
        fail("timerfd_settime");
}

} // namespace kata
