// Mistake: counts handle_request() as a loop
// Caught by: Robust.IsNoLoopInHandleRequest
// Says: EDEADLK
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    const Loop loop{*m_};
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; wait_for(fileno(), -1, left); left = timeout_ms < 0 ? -1 : left_until(end))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
