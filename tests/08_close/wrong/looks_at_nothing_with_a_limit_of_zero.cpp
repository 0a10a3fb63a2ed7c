// Mistake: with a limit of 0 it says timed_out without a look at what has come
// Caught by: Hostile.LooksOnceWithALimitOfZero
// Says: came      "timed_out"
#include "08_close/rest.h"

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    while (Clock::now() < end) {
        wait_for_more(fd, end);
        if (const auto result = read_once(fd))
            return *result;
    }
    return CloseResult::timed_out;
}

} // namespace kata
