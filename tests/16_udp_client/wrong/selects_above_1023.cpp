// Mistake: waits in select(), so it refuses descriptors above 1023
// Caught by: Robust.AsksThroughADescriptorAbove1023
// Says: select: Invalid argument
#include "16_udp_client/rest.h"

#include <sys/select.h>

namespace kata {

bool is_readable_before(Clock::time_point end, int fd)
{
    if (fd >= FD_SETSIZE)
        throw std::system_error{EINVAL, std::generic_category(), "select"};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::microseconds>(end - Clock::now()).count();
        if (left <= 0)
            return false;
        timeval rest{left / 1'000'000, left % 1'000'000};
        fd_set wanted;
        FD_ZERO(&wanted);
        FD_SET(fd, &wanted);
        const int n = ::select(fd + 1, &wanted, nullptr, nullptr, &rest);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "select"};
        if (n > 0)
            return true;
    }
}

} // namespace kata
