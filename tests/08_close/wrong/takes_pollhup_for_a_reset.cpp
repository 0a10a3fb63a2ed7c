// Mistake: takes POLLHUP for a reset: it comes when both sides have ended, too
// Caught by: Works.EndsItsStreamAndWaitsForThePeersEnd
// Says: came      "peer_reset"
#include "08_close/rest.h"

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    do {
        wait_for_more(fd, end);
        pollfd state{fd, POLLIN, 0};
        ::poll(&state, 1, 0);
        if ((state.revents & (POLLERR | POLLHUP)) != 0)
            return CloseResult::peer_reset;
        if (const auto result = read_once(fd))
            return *result;
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

} // namespace kata
