// Mistake: counts the milliseconds since boot in 32 bits: each 49.7 days they begin again, and a limit is over at once
// Caught by: Works.EndsItsStreamAndWaitsForThePeersEnd
// Says: timed_out
#include "08_close/rest.h"

#include <cstdint>

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    const auto in_ms = [](Clock::time_point time) {
        return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::milliseconds>(time.time_since_epoch()).count());
    };
    do {
        wait_for_more(fd, in_ms(Clock::now()) < in_ms(end) ? end : Clock::now());
        if (const auto result = read_once(fd))
            return *result;
    } while (in_ms(Clock::now()) < in_ms(end));
    return CloseResult::timed_out;
}

} // namespace kata
