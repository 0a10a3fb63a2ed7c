// Mistake: accepts a client first, and then waits for room
// Caught by: Robust.LeavesTheRestInTheQueue
// Says: the limit is 2, and so many were taken from the queue
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    join_ended(m, lock);
    return !m.stopping;
}

void begin(Parts& m, Accepted client)
{
    Lock lock{m.mutex};
    m.changed.wait(lock, [&m] { return m.stopping || m.open.size() < m.most; });
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(client.fd), client.peer});
    mine->thread = std::thread{serve, std::ref(m), mine};
}

} // namespace kata
