// Mistake: the options are milliseconds, and it waits seconds
// Caught by: Works.SendsALostBlockAgain
// Says: still running after 2000 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

Clock::time_point in_ms(int ms) { return Clock::now() + std::chrono::seconds{ms}; }

} // namespace kata
