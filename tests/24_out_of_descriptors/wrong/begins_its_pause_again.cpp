// Mistake: its pause begins again with each signal
// Caught by: Robust.RestsForAMomentEachTime
// Says: you did not try twice in 300 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point end)
{
    while (Clock::now() < end &&
           ::poll(nullptr, 0, left_until(std::min(end, Clock::now() + std::chrono::milliseconds{50}))) < 0 && errno == EINTR) {
    }
}

} // namespace kata
