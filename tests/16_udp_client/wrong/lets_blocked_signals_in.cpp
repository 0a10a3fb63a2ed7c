// Mistake: sleeps in ppoll() with an empty mask: what the caller has blocked comes in
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: SIGTERM
#include "16_udp_client/rest.h"

#include <csignal>

namespace kata {

bool is_readable_before(Clock::time_point end, int fd)
{
    sigset_t none;
    ::sigemptyset(&none);
    for (std::chrono::nanoseconds left{}; (left = end - Clock::now()).count() > 0;) {
        const timespec time{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
        pollfd wanted{fd, POLLIN, 0};
        const int n = ::ppoll(&wanted, 1, &time, &none);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "ppoll"};
        if (n > 0)
            return true;
    }
    return false;
}

} // namespace kata
