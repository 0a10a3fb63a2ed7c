// Mistake: counts a connection as active until its thread is joined
// Caught by: Works.Counts
// Says: counters() says 2 active, 1 served, 1 failed
#include "27_threaded_server/rest.h"

namespace kata {

ThreadedServer::Counters ThreadedServer::counters() const
{
    const Lock lock{m_->mutex};
    return {m_->open.size() + m_->ended.size(), m_->served, m_->failed};
}

} // namespace kata
