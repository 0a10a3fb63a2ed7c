// Mistake: a signal ends its pause, and it tries again at once
// Caught by: Robust.RestsForAMomentEachTime
// Says: you tried so often in 4 ms
#include "24_out_of_descriptors/rest.h"

#include <ctime>

namespace kata {

void rests(Clock::time_point end)
{
    const auto pause = std::min<Clock::duration>(end - Clock::now(), std::chrono::milliseconds{50});
    const timespec time{0, std::max<long>(std::chrono::nanoseconds{pause}.count(), 0)};
    ::nanosleep(&time, nullptr);
}

} // namespace kata
