// Mistake: takes the head for the end: the client is never closed
// Caught by: Works.LetsGoOfTheHeadWhenItIsThere
// Says: came      nobody
#include "31_idle_timers/rest.h"

namespace kata {

void IdleTimers::got_head(int fd) { remove(fd); }

} // namespace kata
