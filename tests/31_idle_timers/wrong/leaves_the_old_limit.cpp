// Mistake: a touch leaves the old moment where it is: a busy client is closed
// Caught by: Works.SparesWhoIsActive
// Says: due: 7 at 230000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::touch(int /*fd*/, Clock::time_point /*now*/) {}

} // namespace kata
