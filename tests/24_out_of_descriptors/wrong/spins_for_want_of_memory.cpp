// Mistake: tries again at once
// Caught by: Robust.SleepsThroughAShortage
// Says: busy loop
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point /*end*/) {}

} // namespace kata
