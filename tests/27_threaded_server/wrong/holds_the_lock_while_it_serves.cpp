// Mistake: holds the lock while a handler runs
// Caught by: Robust.CountsForAHandlerToo
// Says: still running after 2000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void serve(Parts& m, Mine mine)
{
    const Lock lock{m.mutex};
    m.handler(mine->fd.get(), mine->peer);
    mine->fd.reset();
    m.ended.splice(m.ended.end(), m.open, mine);
    ++m.served;
    m.changed.notify_all();
}

} // namespace kata
