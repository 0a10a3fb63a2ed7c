// Mistake: what was posted and what is left change places, also where something is left
// Caught by: Robust.KeepsTheirOrderInATurnOfTheReactor
// Says: so far ran: two, three
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void takes(Parts& m)
{
    const std::lock_guard lock{m.mutex};
    m.due.swap(m.posted);
}

void waits(Parts& m)
{
    if (m.due.empty())
        m.reactor.run_once(-1);
}

} // namespace kata
