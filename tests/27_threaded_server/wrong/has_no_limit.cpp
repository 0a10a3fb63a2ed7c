// Mistake: ignores the limit
// Caught by: Robust.LeavesTheRestInTheQueue
// Says: carol receives nothing yet
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    join_ended(m, lock);
    return !m.stopping;
}

} // namespace kata
