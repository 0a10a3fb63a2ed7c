// Mistake: neither reads the timer nor turns it off when nobody is left
// Caught by: Works.SaysWhoWasSilentTooLong
// Says: in vain
#include "31_idle_timers/rest.h"

namespace kata {

void rings(Parts& p, Clock::time_point end)
{
    if (end != never)
        set_timer(p.timer.get(), end);
    p.rings_at = end == never ? Clock::time_point{} : end; // rings again when somebody comes
}

} // namespace kata
