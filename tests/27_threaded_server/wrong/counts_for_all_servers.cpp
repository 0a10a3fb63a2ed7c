// Mistake: has counters that all servers of the process share
// Caught by: Works.Counts
// Says: counters() says 0 active, 0 served, 0 failed
#include "27_threaded_server/rest.h"

namespace kata {

static ThreadedServer::Counters numbers;

void is_over(Parts& m, Mine mine, bool was_served)
{
    const Lock lock{m.mutex};
    mine->fd.reset();
    m.ended.splice(m.ended.end(), m.open, mine);
    ++(was_served ? numbers.served : numbers.failed);
    m.changed.notify_all();
}

ThreadedServer::Counters ThreadedServer::counters() const
{
    const Lock lock{m_->mutex};
    return {m_->open.size(), numbers.served, numbers.failed};
}

} // namespace kata
