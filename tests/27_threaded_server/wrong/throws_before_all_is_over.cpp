// Mistake: stop() throws the error of accept() first, and ends nothing
// Caught by: Robust.TellsWhatEndedTheAccepting
// Says: counters() says 0 active, 0 failed
#include "27_threaded_server/rest.h"

namespace kata {

void ThreadedServer::stop(int grace_ms)
{
    if (m_->accepting.valid()) {
        wake(*m_);
        m_->accepting.get();
    }
    m_->listener.reset();
    end_connections(*m_, std::chrono::milliseconds{grace_ms});
}

} // namespace kata
