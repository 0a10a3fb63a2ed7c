// Mistake: waits in a static place: what another client waits for stands there by then
// Caught by: Robust.AsksInTwoThreadsAtOnce
// Says: 60000 ms passed
#include "16_udp_client/rest.h"

namespace kata {

bool is_readable_before(Clock::time_point end, int fd)
{
    using std::chrono::ceil, std::chrono::milliseconds;
    for (milliseconds left{}; (left = ceil<milliseconds>(end - Clock::now())).count() > 0;) {
        static pollfd wanted;
        wanted = {fd, POLLIN, 0};
        const int n = ::poll(&wanted, 1, static_cast<int>(left.count()));
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (n > 0)
            return true;
    }
    return false;
}

} // namespace kata
