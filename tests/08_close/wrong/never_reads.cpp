// Mistake: waits until poll() reports the peer's end, and reads nothing at all
// Caught by: Robust.ReadsAlsoWhatCameBeforeTheEnd
// Says: then a reset (RST)
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    if (!says_it_has_finished(fd.get()))
        return CloseResult::peer_reset;
    const auto end = Clock::now() + std::chrono::milliseconds{limit_ms};
    pollfd input{fd.get(), POLLRDHUP, 0};
    for (int ready = -1; ready < 0;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        ready = ::poll(&input, 1, static_cast<int>(std::max<long>(left, 0)));
        if (ready < 0 && errno != EINTR)
            fail("poll");
    }
    if ((input.revents & POLLERR) != 0)
        return CloseResult::peer_reset;
    return input.revents != 0 ? CloseResult::clean : CloseResult::timed_out;
}

} // namespace kata
