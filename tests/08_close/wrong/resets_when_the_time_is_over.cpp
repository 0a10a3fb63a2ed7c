// Mistake: cuts the connection off when the time is over: what a slow peer has not got is lost
// Caught by: Robust.LeavesTheRestToTheKernelWhenTheTimeIsOver
// Says: then a reset (RST)
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    if (!says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    const CloseResult result = drain(fd.get(), end);
    const linger at_once{1, 0};
    if (result == CloseResult::timed_out && ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) < 0)
        fail("setsockopt");
    return result;
}

} // namespace kata
