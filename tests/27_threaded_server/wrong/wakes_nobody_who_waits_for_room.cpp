// Mistake: does not tell the thread that waits for room
// Caught by: Robust.EndsAnIdleConversationAtOnce
// Says: ann receives the end of the stream
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    m.changed.wait(lock, [&m] { return m.open.size() < m.most; });
    join_ended(m, lock);
    return !m.stopping;
}

} // namespace kata
