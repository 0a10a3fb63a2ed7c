// Mistake: the end of the time is an int, in milliseconds since the machine was started
// Caught by: Works.SaysThatNobodyCame
// Says: it returns after 1 ms
#include "24_out_of_descriptors/rest.h"

#include <cstdint>

namespace kata {

Clock::time_point end_of(int limit_ms)
{
    if (limit_ms < 0)
        return for_ever;
    const auto now = Clock::now();
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch());
    const auto end =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(milliseconds.count()) + static_cast<unsigned>(limit_ms));
    return now + (std::chrono::milliseconds{end} - milliseconds);
}

} // namespace kata
