// Mistake: sleeps in ppoll() with an empty mask, which lets in for that time what the caller has blocked
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: killed by SIGTERM
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

void wait_for_more(int fd, Clock::time_point end)
{
    const long left = std::max<long>((end - Clock::now()).count(), 0);
    const timespec limit{left / 1'000'000'000, left % 1'000'000'000};
    const sigset_t none{};
    pollfd input{fd, POLLIN, 0};
    if (::ppoll(&input, 1, &limit, &none) < 0 && errno != EINTR)
        fail("ppoll");
}

} // namespace kata
