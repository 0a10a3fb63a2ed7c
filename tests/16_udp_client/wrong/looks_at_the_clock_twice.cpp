// Mistake: asks the clock whether time is left, and again how much: the end may lie between the two
// Caught by: Robust.ItsLastMicrosecondIsNotEndless
// Says: ppoll: Invalid argument
#include "16_udp_client/rest.h"

namespace kata {

bool is_readable_before(Clock::time_point end, int fd)
{
    while (Clock::now() < end) {
        const auto left = std::chrono::nanoseconds{end - Clock::now()}.count();
        const timespec rest{left / 1'000'000'000, left % 1'000'000'000};
        pollfd wanted{fd, POLLIN, 0};
        const int n = ::ppoll(&wanted, 1, &rest, nullptr);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "ppoll"};
        if (n > 0)
            return true;
    }
    return false;
}

} // namespace kata
