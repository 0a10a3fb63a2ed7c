// Mistake: puts those that are left back into the queue, behind what was posted since
// Caught by: Works.StopsFromATask
// Says: so far ran: one, two, three
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_due(Parts& m)
{
    const auto gives_back = [&m] {
        const std::lock_guard lock{m.mutex};
        m.posted.splice(m.posted.end(), m.due);
        rings(m);
    };
    try {
        while (!m.due.empty() && !m.stopping)
            runs_next(m);
    } catch (...) {
        gives_back();
        throw;
    }
    if (!m.due.empty())
        gives_back();
}

} // namespace kata
