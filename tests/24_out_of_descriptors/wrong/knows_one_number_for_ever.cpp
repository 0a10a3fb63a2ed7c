// Mistake: takes -1 for no limit, and any other number below 0 for a look
// Caught by: Works.SleepsUntilSomebodyComes
// Says: next() hands over a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

Clock::time_point end_of(int limit_ms)
{
    return limit_ms == -1 ? for_ever : Clock::now() + std::chrono::milliseconds{std::max(limit_ms, 0)};
}

} // namespace kata
