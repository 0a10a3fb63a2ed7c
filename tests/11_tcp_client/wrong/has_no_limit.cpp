// Mistake: waits for ever
// Caught by: Robust.GivesUpWhenTheTimeIsOver
// Says: stuck: asleep in poll(3)
#include "11_tcp_client/rest.h"

namespace kata {

short wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return 0;
        pollfd p{fd, events, 0};
        const int n = ::poll(&p, 1, -1);
        if (n > 0)
            return p.revents;
        if (n < 0 && errno != EINTR)
            fail("poll");
    }
}

} // namespace kata
