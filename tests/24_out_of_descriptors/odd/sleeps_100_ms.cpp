// Odd: pauses as long as it may, in clock_nanosleep() to an absolute time
#include "24_out_of_descriptors/rest.h"

#include <ctime>

namespace kata {

void rests(Clock::time_point end)
{
    const auto until = std::min(end, Clock::now() + std::chrono::milliseconds{100}).time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(until);
    const timespec time{seconds.count(), std::chrono::nanoseconds{until - seconds}.count()};
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) {
    }
}

} // namespace kata
