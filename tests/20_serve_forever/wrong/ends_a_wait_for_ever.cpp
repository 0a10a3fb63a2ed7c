// Mistake: takes -1 for a long time, and a minute is one
// Caught by: Robust.WaitsAsLongAsItIsTold
// Says: handle_request(-1) says that it served one
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms < 0 ? 60'000 : timeout_ms};
    for (int left = timeout_ms < 0 ? 60'000 : timeout_ms; wait_for(fileno(), -1, left); left = left_until(end))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
