// Mistake: takes a signal for the end of the time
// Caught by: Works.SleepsUntilSomebodyComes
// Says: next() hands over a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    pollfd input{fd, POLLIN, 0};
    const int ready = ::poll(&input, 1, left_until(end));
    if (ready < 0 && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "poll"};
    return ready > 0;
}

} // namespace kata
