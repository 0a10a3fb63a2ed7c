// Mistake: counts a connection as served while it is still active
// Caught by: Robust.KeepsThePlaceUntilTheEnd
// Says: there were two clients
#include "27_threaded_server/rest.h"

namespace kata {

void is_over(Parts& m, Mine mine, bool was_served)
{
    {
        const Lock lock{m.mutex};
        ++(was_served ? m.served : m.failed);
    }
    mine->fd.reset();
    const Lock lock{m.mutex};
    m.ended.splice(m.ended.end(), m.open, mine);
    m.changed.notify_all();
}

} // namespace kata
