// Mistake: waits a millisecond less than it was told to
// Caught by: Robust.WaitsAsLongAsItIsTold
// Says: handle_request(1) takes as many ms
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; wait_for(fileno(), -1, left > 0 ? left - 1 : left); left = timeout_ms < 0 ? -1 : left_until(end))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
