// Mistake: sleeps all the time that is left, and tries no more
// Caught by: Robust.SleepsThroughAShortage
// Says: you tried
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point end) { has_come(-1, end); }

} // namespace kata
