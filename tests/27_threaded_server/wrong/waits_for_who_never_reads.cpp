// Mistake: joins without an end of its patience
// Caught by: Robust.CutsOffWhoNeverReads
// Says: stuck
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds /*grace*/)
{
    Lock lock{m.mutex};
    shut_down(m.open, SHUT_RD);
    m.changed.wait(lock, [&m] { return m.open.empty(); });
    join_ended(m, lock);
}

} // namespace kata
