// Mistake: doubles its pause, up to 128 ms
// Caught by: Robust.RestsForAMomentEachTime
// Says: you did not try again in 100 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point end)
{
    static int pause = 1;
    has_come(-1, std::min(end, Clock::now() + std::chrono::milliseconds{pause}));
    pause = std::min(2 * pause, 128);
}

} // namespace kata
