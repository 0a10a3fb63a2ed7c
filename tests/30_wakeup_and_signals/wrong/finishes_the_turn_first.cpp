// Mistake: looks at the flag only when all tasks of a turn have run
// Caught by: Works.StopsFromATask
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    while (!m.due.empty())
        runs_next(m);
}

} // namespace kata
