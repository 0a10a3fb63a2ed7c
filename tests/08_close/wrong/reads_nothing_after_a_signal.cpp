// Mistake: after a signal it asks only the clock: with a limit of 0 it closes without having read once
// Caught by: Hostile.TakesAnUrgentByteAwayToo
// Says: then a reset (RST)
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    do {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd input{fd, POLLIN, 0};
        if (::poll(&input, 1, static_cast<int>(std::max<long>(left, 0))) < 0) {
            if (errno != EINTR)
                fail("poll");
            continue;
        }
        if (const auto result = read_once(fd))
            return *result;
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

} // namespace kata
