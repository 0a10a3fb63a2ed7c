// Mistake: takes "do not wait" for "at once": with a limit of 0 it cuts the connection off, and what is unsent is lost
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
    if (limit_ms <= 0 && ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) < 0)
        fail("setsockopt");
    return result;
}

} // namespace kata
