// Mistake: rounds the time that is left down, and does not wait for the last millisecond
// Caught by: Robust.LeavesASilentPeerWhenTheTimeIsOver
// Says: it was over after 19 ms
#include "08_close/rest.h"

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    for (;;) {
        if (const auto result = read_once(fd))
            return *result;
        const auto left = std::chrono::floor<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0)
            return CloseResult::timed_out;
        pollfd input{fd, POLLIN, 0};
        if (::poll(&input, 1, static_cast<int>(left)) < 0 && errno != EINTR)
            fail("poll");
    }
}

} // namespace kata
