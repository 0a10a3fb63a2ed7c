// Mistake: the grace begins again whenever one of them is done
// Caught by: Hostile.StopsInTimeWithAllKindsAtOnce
// Says: it took 8000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    shut_down(m.open, SHUT_RD);
    while (!m.open.empty() && m.changed.wait_for(lock, grace) == std::cv_status::no_timeout) {
    }
    shut_down(m.open, SHUT_RDWR);
    m.changed.wait(lock, [&m] { return m.open.empty(); });
    join_ended(m, lock);
}

} // namespace kata
