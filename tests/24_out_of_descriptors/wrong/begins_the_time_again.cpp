// Mistake: waits for the whole limit after each signal
// Caught by: Robust.CountsTheTimeOnce
// Says: it took 1
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    const int limit = left_until(end);
    pollfd input{fd, POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&input, 1, limit)) < 0 && errno == EINTR) {
    }
    if (ready < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    return ready > 0;
}

} // namespace kata
