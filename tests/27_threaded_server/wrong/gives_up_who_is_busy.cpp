// Mistake: waits ten seconds more for a handler that is busy elsewhere, and lets its thread go
// Caught by: Robust.WaitsForWhoIsBusyElsewhere
// Says: it took 11000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        if (!m.changed.wait_for(lock, std::chrono::seconds{10}, all_are_done))
            for (Connection& c : m.open)
                c.thread.detach();
    }
    join_ended(m, lock);
}

} // namespace kata
