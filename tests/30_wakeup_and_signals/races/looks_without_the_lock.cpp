// Mistake: looks without the lock whether a task is there
// Caught by: Works.WakesASleepingLoop
// Says: data race
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void waits(Parts& m) { m.reactor.run_once(m.due.empty() && m.posted.empty() ? -1 : 0); }

} // namespace kata
