// Mistake: takes SO_RCVTIMEO for the time in which the whole message must come
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: came      "threw EAGAIN"
#include "06_recv/rest.h"

#include <algorithm>
#include <chrono>
#include <poll.h>
#include <sys/time.h>

namespace kata {

std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    using namespace std::chrono;
    timeval limit{};
    socklen_t size = sizeof limit;
    ::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
    const bool limited = limit.tv_sec != 0 || limit.tv_usec != 0;
    const auto end = steady_clock::now() + seconds{limit.tv_sec} + microseconds{limit.tv_usec};
    std::size_t got = 0;
    while (got < out.size()) {
        const auto left = std::max(ceil<microseconds>(end - steady_clock::now()), 0us);
        const timespec most{left / 1s, (left % 1s) / 1ns};
        pollfd input{fd, POLLIN, 0};
        if (::ppoll(&input, 1, limited ? &most : nullptr, nullptr) == 0) {
            errno = EAGAIN;
            fail("poll");
        }
        const std::size_t n = recv_some(fd, out.subspan(got));
        if (n == 0)
            break;
        got += n;
    }
    return got;
}

} // namespace kata
