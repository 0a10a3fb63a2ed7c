// Mistake: accepts only where poll() says POLLIN: where it says something else, at once each time, it asks again
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: busy loop
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    for (;;) {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, left_until(end));
        if (ready < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (ready == 0 || (input.revents & POLLIN) != 0)
            return ready > 0;
    }
}

} // namespace kata
