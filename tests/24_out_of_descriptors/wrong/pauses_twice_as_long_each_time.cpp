// Mistake: doubles its pause, and knows no longest one
// Caught by: Robust.KeepsWhoCanWait
// Says: 11 pauses of 1 to 100 ms each
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point end)
{
    static int pause = 1;
    has_come(-1, std::min(end, Clock::now() + std::chrono::milliseconds{pause}));
    pause *= 2;
}

} // namespace kata
