// Mistake: the place for poll() is static: it keeps the first listener that it saw
// Caught by: Robust.EachHasItsOwnListener
// Says: next() hands over a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    static pollfd input{fd, POLLIN, 0};
    for (;;) {
        const int ready = ::poll(&input, 1, left_until(end));
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
    }
}

} // namespace kata
