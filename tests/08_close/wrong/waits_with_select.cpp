// Mistake: waits with select(), which knows no descriptor above 1023
// Caught by: Robust.TakesAnyDescriptor
// Says: threw EINVAL
#include "08_close/rest.h"

#include <algorithm>
#include <sys/select.h>

namespace kata {

void wait_for_more(int fd, Clock::time_point end)
{
    if (fd >= FD_SETSIZE) {
        errno = EINVAL;
        fail("select");
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    const long ms = std::max<long>(left, 0);
    timeval limit{ms / 1000, ms % 1000 * 1000};
    fd_set input;
    FD_ZERO(&input);
    FD_SET(fd, &input);
    if (::select(fd + 1, &input, nullptr, nullptr, &limit) < 0 && errno != EINTR)
        fail("select");
}

} // namespace kata
