// Mistake: takes a poll() that failed for one whose time is over
// Caught by: Robust.TellsWhicheverCallOfAnExchangeFails
// Says: poll(), the 1st, fails with ENOMEM
#include "11_tcp_client/rest.h"

namespace kata {

short wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd p{fd, events, 0};
        const int n = left > 0 ? ::poll(&p, 1, static_cast<int>(left)) : 0;
        if (n >= 0 || errno != EINTR)
            return p.revents;
    }
}

} // namespace kata
