// Mistake: its second stop() takes a result that has been taken
// Caught by: Works.StopsWhenNobodyIsThere
// Says: std::future_error
#include "27_threaded_server/rest.h"

namespace kata {

void ThreadedServer::stop(int grace_ms)
{
    wake(*m_);
    m_->accepting.get();
    m_->listener.reset();
    end_connections(*m_, std::chrono::milliseconds{grace_ms});
}

} // namespace kata
