// Mistake: with a limit of 0 or less it only peeks: a byte stays unread, and close() sends RST
// Caught by: Robust.LeavesTheRestToTheKernelWhenTheTimeIsOver
// Says: then a reset (RST)
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    if (!says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    if (limit_ms > 0)
        return drain(fd.get(), end);
    char next = 0;
    const ssize_t n = ::recv(fd.get(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != ECONNRESET)
        fail("recv");
    return n == 0 ? CloseResult::clean : n > 0 || errno == EAGAIN ? CloseResult::timed_out : CloseResult::peer_reset;
}

} // namespace kata
