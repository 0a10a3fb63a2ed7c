// Mistake: rounds the time that is left down: the last millisecond is not waited for
// Caught by: Robust.KeepsALimitOfAnHour
// Says: it was over after 3599999 ms
#include "11_tcp_client/rest.h"

namespace kata {

short wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::floor<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return 0;
        pollfd p{fd, events, 0};
        const int n = ::poll(&p, 1, static_cast<int>(left));
        if (n > 0)
            return p.revents;
        if (n < 0 && errno != EINTR)
            fail("poll");
    }
}

} // namespace kata
