// Mistake: takes a limit below 0 for one that was over before the call, and asks nothing any more
// Caught by: Hostile.LooksOnceWithALimitOfZero
// Says: came      "timed_out"
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    if (!says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    if (limit_ms < 0)
        return CloseResult::timed_out;
    return drain(fd.get(), Clock::now() + std::chrono::milliseconds{limit_ms});
}

} // namespace kata
