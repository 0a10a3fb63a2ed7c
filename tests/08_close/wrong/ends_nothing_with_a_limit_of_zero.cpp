// Mistake: leaves shutdown() out when it will not wait anyway: so nothing tells it of a reset that was reported before
// Caught by: Hostile.TellsAResetThatWasReportedBefore
// Says: came      "clean"
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    if (limit_ms > 0 && !says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    return drain(fd.get(), end);
}

} // namespace kata
