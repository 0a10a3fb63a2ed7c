// Mistake: wakes nobody, and looks each 10 ms
// Caught by: Robust.SleepsBetweenWakeUps
// Says: it looked from time to time
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void rings(const Parts&) {}

void waits(Parts& m)
{
    m.reactor.run_once(10);
    takes(m);
}

} // namespace kata
