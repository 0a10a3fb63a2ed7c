// Mistake: closes a client for whom there is no room
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

void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    if (m.open.size() == m.most)
        return;
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(client.fd), client.peer});
    mine->thread = std::thread{serve, std::ref(m), mine};
}

} // namespace kata
