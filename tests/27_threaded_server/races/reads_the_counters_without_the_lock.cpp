// Mistake: reads the counters without the lock under which they are written
// Caught by: Works.Counts
// Says: data race
#include "27_threaded_server/rest.h"

namespace kata {

ThreadedServer::Counters ThreadedServer::counters() const { return {m_->open.size(), m_->served, m_->failed}; }

} // namespace kata
