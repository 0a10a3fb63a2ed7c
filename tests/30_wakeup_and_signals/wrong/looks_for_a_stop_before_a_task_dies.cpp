// Mistake: looks whether it was stopped between a task and its destructor
// Caught by: Robust.StopsWhileATaskDies
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    if (m.stopping)
        return;
    while (!m.due.empty()) {
        std::list<Loop::Task> one;
        one.splice(one.end(), m.due, m.due.begin());
        one.front()();
        if (m.stopping)
            return;
    }
}

} // namespace kata
