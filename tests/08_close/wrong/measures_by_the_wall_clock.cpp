// Mistake: measures the limit by system_clock, which somebody may set
// Caught by: Robust.NobodySetsItsClock
// Says: it was over after 5 ms
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    using WallClock = std::chrono::system_clock;
    const auto end = WallClock::now() + std::chrono::milliseconds{limit_ms};
    if (!says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    do {
        wait_for_more(fd.get(), Clock::now() + (end - WallClock::now()));
        if (const auto result = read_once(fd.get()))
            return *result;
    } while (WallClock::now() < end);
    return CloseResult::timed_out;
}

} // namespace kata
