// Mistake: a turn for each 1024 tasks
// Caught by: Robust.PaysOnceForManyTasks
// Says: so many calls that wait or read
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    for (int left = 1024; left > 0 && !m.due.empty() && !m.stopping; --left)
        runs_next(m);
}

} // namespace kata
