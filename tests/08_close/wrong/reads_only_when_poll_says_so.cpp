// Mistake: reads only what poll() reports as POLLIN: an urgent byte is not that, stays unread, and close() sends RST
// Caught by: Hostile.TakesAnUrgentByteAwayToo
// Says: then a reset (RST)
#include "08_close/rest.h"

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    do {
        wait_for_more(fd, end);
        pollfd input{fd, POLLIN, 0};
        if (::poll(&input, 1, 0) <= 0)
            continue;
        if (const auto result = read_once(fd))
            return *result;
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

} // namespace kata
