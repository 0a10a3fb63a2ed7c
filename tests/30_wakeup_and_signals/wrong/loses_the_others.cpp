// Mistake: takes the tasks into a variable of its own, which dies when one throws
// Caught by: Robust.LetsATaskThrow
// Says: so far ran: one, two, three
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    std::list<Loop::Task> now;
    for (now.swap(m.due); !now.empty() && !m.stopping; now.pop_front())
        now.front()();
    m.due.splice(m.due.begin(), now);
}

} // namespace kata
