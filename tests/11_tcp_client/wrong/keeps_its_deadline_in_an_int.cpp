// Mistake: keeps the deadline in an int, in milliseconds of the clock
// Caught by: Robust.KeepsTheLongestLimit
// Says: ann receives "ping"
#include "11_tcp_client/rest.h"

namespace kata {

Clock::time_point deadline_of(int limit_ms)
{
    const auto now = std::chrono::ceil<std::chrono::milliseconds>(Clock::now().time_since_epoch());
    const int deadline = static_cast<int>(now.count() + limit_ms);
    return Clock::time_point{std::chrono::milliseconds{deadline}};
}

} // namespace kata
