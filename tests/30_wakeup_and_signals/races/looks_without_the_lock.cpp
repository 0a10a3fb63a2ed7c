// Mistake: looks without the lock whether a task is there
// Caught by: Works.WakesASleepingLoop
// Says: data race
#include "30_wakeup_and_signals/rest.h"

namespace kata {

// By its size: what links the nodes is code of the library, which ThreadSanitizer does not see.
void waits(Parts& m) { m.reactor.run_once(m.due.empty() && m.posted.size() == 0 ? -1 : 0); }

} // namespace kata
