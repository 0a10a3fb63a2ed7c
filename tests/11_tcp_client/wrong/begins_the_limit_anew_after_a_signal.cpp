// Mistake: repeats poll() with the whole rest of the limit after EINTR
// Caught by: Hostile.GivesUpOnAPeerThatDribbles
// Says: it is over after 60 ms
#include "11_tcp_client/rest.h"

namespace kata {

short wait_for(int fd, short events, Clock::time_point deadline)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0)
        return 0;
    pollfd p{fd, events, 0};
    int n = 0;
    do
        n = ::poll(&p, 1, static_cast<int>(left));
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fail("poll");
    return p.revents;
}

} // namespace kata
