// Mistake: counts the milliseconds since boot in a float: after 50 days it knows a half second, and no less
// Caught by: Works.AsksAgainWhenNothingComes
// Says: (no answer)
#include "16_udp_client/rest.h"

namespace kata {

bool is_readable_before(Clock::time_point end, int fd)
{
    const auto in_ms = [](Clock::time_point time) {
        return static_cast<std::int64_t>(std::chrono::duration<float, std::milli>{time.time_since_epoch()}.count());
    };
    for (std::int64_t left = 0; (left = in_ms(end) - in_ms(Clock::now())) > 0;) {
        pollfd wanted{fd, POLLIN, 0};
        const int n = ::poll(&wanted, 1, static_cast<int>(left));
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (n > 0)
            return true;
    }
    return false;
}

} // namespace kata
