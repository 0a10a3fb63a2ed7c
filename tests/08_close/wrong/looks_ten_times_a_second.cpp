// Mistake: waits for a tenth of a second at most, in case that it misses something
// Caught by: Robust.SleepsUntilSomethingComes
// Says: woke up 9 times when nothing had come
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

void wait_for_more(int fd, Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, static_cast<int>(std::clamp<long>(left, 0, 100))) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace kata
