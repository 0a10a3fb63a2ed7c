// Mistake: counts the limit in microseconds, in an int
// Caught by: Robust.KeepsAnyLimit
// Says: it is over after 4000000 ms
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const int limit = static_cast<int>(limit_ms * 1000L);
    const auto end = Clock::now() + std::chrono::microseconds{limit};
    return says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
}

} // namespace kata
