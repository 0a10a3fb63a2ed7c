// Mistake: looks whether it was stopped when a task has run, and not before one begins
// Caught by: Robust.StopsFromACallback
// Says: nothing ran so far
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    takes(m);
    while (!m.due.empty()) {
        runs_next(m);
        if (m.stopping)
            return;
    }
}

} // namespace kata
