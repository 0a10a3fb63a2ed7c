// Mistake: shuts a connection down before it closes it: the copy that its handler has passed on is dead
// Caught by: Robust.LeavesACopyAlone
// Says: are you there?
#include "27_threaded_server/rest.h"

namespace kata {

void is_over(Parts& m, Mine mine, bool was_served)
{
    const Lock lock{m.mutex};
    ::shutdown(mine->fd.get(), SHUT_RDWR);
    mine->fd.reset();
    m.ended.splice(m.ended.end(), m.open, mine);
    ++(was_served ? m.served : m.failed);
    m.changed.notify_all();
}

} // namespace kata
