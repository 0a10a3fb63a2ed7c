// Odd: a timer that rings each millisecond, from its moment on, until it is set again
#include "31_idle_timers/rest.h"

namespace kata {

void set_timer(int timer, Clock::time_point end)
{
    itimerspec when = in_itimerspec(end == never ? 0ns : end.time_since_epoch());
    when.it_interval = {0, 1'000'000};
    if (::timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, nullptr) < 0)
        fail("timerfd_settime");
}

} // namespace kata
