// Mistake: takes the limit for microseconds
// Caught by: Robust.GivesUpWhenTheTimeIsOver
// Says: it is over after 60 ms
#include "11_tcp_client/rest.h"

namespace kata {

Clock::time_point deadline_of(int limit_ms) { return Clock::now() + std::chrono::microseconds{limit_ms}; }

} // namespace kata
