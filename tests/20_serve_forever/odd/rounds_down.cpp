// Odd: rounds what is left of a wait down, and polls through the last part of a millisecond
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = timeout_ms < 0 ? Clock::time_point::max() : Clock::now() + std::chrono::milliseconds{timeout_ms};
    do {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd socket{fileno(), POLLIN, 0};
        if (::poll(&socket, 1, timeout_ms < 0 ? -1 : std::max(0, static_cast<int>(left))) > 0 && serve_one())
            return true;
    } while (Clock::now() < end);
    return false;
}

} // namespace kata
