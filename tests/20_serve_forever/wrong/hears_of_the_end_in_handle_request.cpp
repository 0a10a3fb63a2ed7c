// Mistake: a shutdown() that came before the loop ends handle_request(), too
// Caught by: Robust.IsNoLoopInHandleRequest
// Says: it says that nobody came
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; !wait_for(m_->stop.get(), -1, 0) && wait_for(fileno(), m_->stop.get(), left);
         left = timeout_ms < 0 ? -1 : left_until(end))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
