// Mistake: sleeps in ppoll() with an empty mask: what the caller has blocked comes in
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: killed by SIGTERM
#include "24_out_of_descriptors/rest.h"

#include <csignal>

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    using namespace std::chrono_literals;
    sigset_t none{};
    sigemptyset(&none);
    for (;;) {
        const auto left = std::max<Clock::duration>(end - Clock::now(), 0s);
        const timespec limit{left / 1s, left % 1s / 1ns};
        pollfd input{fd, POLLIN, 0};
        const int ready = ::ppoll(&input, 1, end == for_ever ? nullptr : &limit, &none);
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "ppoll"};
    }
}

} // namespace kata
