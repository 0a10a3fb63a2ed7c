// Mistake: looks for a stop when a task has run: the first of a turn begins after it
// Caught by: Robust.StopsFromACallback
// Says: no task begins after the stop()
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    if (m.due.empty())
        return;
    do {
        runs_next(m);
    } while (!m.due.empty() && !m.stopping);
}

} // namespace kata
