// Mistake: counts the time of handle_request() by a clock that somebody may set
// Caught by: Robust.WaitsOnWhenSomebodyWasGone
// Says: it took 400 ms
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    using WallClock = std::chrono::system_clock;
    const auto end = WallClock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; wait_for(fileno(), -1, left);) {
        if (serve_one())
            return true;
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - WallClock::now());
        left = timeout_ms < 0 ? -1 : std::max(0, static_cast<int>(rest.count()));
    }
    return false;
}

} // namespace kata
