// Mistake: does not look how much time is left before it pauses
// Caught by: Robust.SleepsThroughAShortage
// Says: it returns after
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point /*end*/) { has_come(-1, Clock::now() + std::chrono::milliseconds{100}); }

} // namespace kata
