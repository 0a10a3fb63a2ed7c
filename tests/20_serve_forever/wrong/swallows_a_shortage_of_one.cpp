// Mistake: handle_request() keeps a shortage to itself
// Caught by: Robust.TellsItsCallerOfAShortage
// Says: EMFILE
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; wait_for(fileno(), -1, left); left = timeout_ms < 0 ? -1 : left_until(end))
        try {
            if (serve_one())
                return true;
        } catch (const std::system_error&) {
            return false;
        }
    return false;
}

} // namespace kata
