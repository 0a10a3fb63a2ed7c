// Mistake: sleeps a second after each shortage, whatever the limit
// Caught by: Robust.SleepsThroughAShortage
// Says: it returns after 990 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

void rests(Clock::time_point /*end*/) { ::sleep(1); }

} // namespace kata
