// Mistake: takes tasks until there are none, before it waits for descriptors again
// Caught by: Hostile.CallsBackBesideABusyTask
// Says: not in 1000 rounds
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    for (; !m.due.empty() && !m.stopping; takes(m))
        runs_next(m);
}

} // namespace kata
