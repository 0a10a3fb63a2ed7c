// Mistake: joins the threads only when it stops
// Caught by: Robust.GivesThreadsBack
// Says: few threads have their stacks still
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    m.changed.wait(lock, [&m] { return m.stopping || m.open.size() < m.most; });
    return !m.stopping;
}

} // namespace kata
