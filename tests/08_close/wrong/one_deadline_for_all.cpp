// Mistake: keeps when the limit is over in a static variable: another thread's call moves it
// Caught by: Robust.ClosesInTwoThreadsAtOnce
// Says: two threads may close at the same time
#include "08_close/rest.h"

namespace kata {

namespace {

Clock::time_point the_end;

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    the_end = Clock::now() + std::chrono::milliseconds{limit_ms};
    if (!says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    do {
        wait_for_more(fd.get(), the_end);
        if (const auto result = read_once(fd.get()))
            return *result;
    } while (Clock::now() < the_end);
    return CloseResult::timed_out;
}

} // namespace kata
