// Mistake: tells of the free place before the descriptor is closed
// Caught by: Robust.KeepsThePlaceUntilTheEnd
// Says: the limit is 2, and so many were taken from the queue
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    join_ended(m, lock); // who ends later is joined the next time
    m.changed.wait(lock, [&m] { return m.stopping || m.open.size() < m.most; });
    return !m.stopping;
}

void is_over(Parts& m, Mine mine, bool was_served)
{
    UniqueFd fd = std::move(mine->fd); // closed when the lock is free again
    const Lock lock{m.mutex};
    m.ended.splice(m.ended.end(), m.open, mine);
    ++(was_served ? m.served : m.failed);
    m.changed.notify_all();
}

} // namespace kata
