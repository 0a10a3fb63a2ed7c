#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <system_error>

namespace kata {

using Clock = std::chrono::steady_clock;
inline constexpr auto for_ever = Clock::time_point::max();

// False when the time is over before one of them can be read; -1 in place of a descriptor is nobody (poll(2)).
inline bool wait_for(int one, int other, Clock::time_point end)
{
    using std::chrono::milliseconds;
    for (;;) { // after a signal: only the time that is left; rounded up, or the last millisecond would be a busy loop
        const auto left = std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(end - Clock::now()));
        pollfd both[]{{one, POLLIN, 0}, {other, POLLIN, 0}};
        const int ready = ::poll(both, 2, end == for_ever ? -1 : static_cast<int>(left.count()));
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
    }
}

} // namespace kata
