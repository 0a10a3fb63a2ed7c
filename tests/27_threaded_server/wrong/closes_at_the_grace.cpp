// Mistake: closes the connections that are left when the grace is over
// Caught by: Hostile.NeverClosesUnderAHandler
// Says: a stranger receives nothing yet
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        for (Connection& c : m.open)
            c.fd.reset();
        m.changed.wait(lock, all_are_done);
    }
    join_ended(m, lock);
}

} // namespace kata
