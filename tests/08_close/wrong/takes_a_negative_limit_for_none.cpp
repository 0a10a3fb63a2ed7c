// Mistake: takes a limit below 0 as poll() does: it waits for ever
// Caught by: Hostile.DoesNotWaitWhenTheTimeIsOver
// Says: returned
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const auto limit = limit_ms < 0 ? std::chrono::hours{24'000} : std::chrono::milliseconds{limit_ms};
    return says_it_has_finished(fd.get()) ? drain(fd.get(), Clock::now() + limit) : CloseResult::peer_reset;
}

} // namespace kata
