// Mistake: sets SO_LINGER to {1, 0}, so that close() does not wait: it throws away what was not sent
// Caught by: Robust.LeavesTheRestToTheKernel
// Says: then a reset (RST)
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    constexpr linger at_once{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) < 0)
        fail("setsockopt");
    const auto end = Clock::now() + std::chrono::milliseconds{limit_ms};
    return says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
}

} // namespace kata
