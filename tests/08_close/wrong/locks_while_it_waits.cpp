// Mistake: one lock for all sockets is held while the peer is waited for
// Caught by: Robust.ClosesInTwoThreadsAtOnce
// Says: bob gets his end while the first thread waits
#include "08_close/rest.h"

#include <mutex>

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock{one_at_a_time};
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    return says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
}

} // namespace kata
