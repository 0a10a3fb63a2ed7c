// Mistake: takes a limit of 0 for none
// Caught by: Robust.IsOverAtOnceWithALimitOfZero
// Says: still running after 2000 ms
#include "11_tcp_client/rest.h"

#include <climits>

namespace kata {

Clock::time_point deadline_of(int limit_ms)
{
    return Clock::now() + std::chrono::milliseconds{limit_ms > 0 ? limit_ms : INT_MAX};
}

} // namespace kata
