// Mistake: does not end the limit for the head when it is there
// Caught by: Works.LetsGoOfTheHeadWhenItIsThere
// Says: came      7 at 60000 ms
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::got_head(int /*fd*/) {}

} // namespace kata
