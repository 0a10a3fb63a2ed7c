// Mistake: waits for one after another, the grace for each
// Caught by: Hostile.StopsInTimeWithAllKindsAtOnce
// Says: it took 13000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    shut_down(m.open, SHUT_RD);
    while (!m.open.empty()) {
        const int first = m.open.front().number;
        const auto is_done = [&m, first] { return m.open.empty() || m.open.front().number != first; };
        if (!m.changed.wait_for(lock, grace, is_done)) {
            ::shutdown(first, SHUT_RDWR);
            m.changed.wait(lock, is_done);
        }
    }
    join_ended(m, lock);
}

} // namespace kata
