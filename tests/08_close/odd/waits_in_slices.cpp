// Odd: waits for two seconds at most, and then asks the clock again
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

void wait_for_more(int fd, Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, static_cast<int>(std::clamp<long>(left, 0, 2000))) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace kata
