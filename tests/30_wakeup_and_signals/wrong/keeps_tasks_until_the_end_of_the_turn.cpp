// Mistake: destroys the tasks of a turn when all have run
// Caught by: Robust.DestroysATaskBeforeTheNext
// Says: so far ran: one, its end, two, three
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    std::list<Loop::Task> done;
    while (!m.due.empty() && !m.stopping) {
        done.splice(done.end(), m.due, m.due.begin());
        done.back()();
    }
}

} // namespace kata
