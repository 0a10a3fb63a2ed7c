// Mistake: measures the grace by a clock that can be set
// Caught by: Robust.CutsOffWhoNeverReads
// Says: stop() returns after 30000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    if (!m.changed.wait_until(lock, std::chrono::system_clock::now() + grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        m.changed.wait(lock, all_are_done);
    }
    join_ended(m, lock);
}

} // namespace kata
