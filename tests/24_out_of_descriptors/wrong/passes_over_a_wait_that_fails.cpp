// Mistake: waits again when poll() fails, whatever the reason
// Caught by: Robust.ThrowsWhenItCannotWait
// Says: busy loop
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    for (;;) {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, left_until(end));
        if (ready >= 0)
            return ready > 0;
    }
}

} // namespace kata
