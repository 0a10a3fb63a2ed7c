// Mistake: gives a peer up that has been silent for ten seconds, whatever the limit is
// Caught by: Robust.KeepsAnyLimit
// Says: it was over after 10000 ms
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    constexpr std::chrono::seconds enough{10};
    do {
        const auto before = Clock::now();
        wait_for_more(fd, std::min(end, before + enough));
        if (const auto result = read_once(fd))
            return *result;
        if (Clock::now() - before >= enough)
            return CloseResult::timed_out;
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

} // namespace kata
