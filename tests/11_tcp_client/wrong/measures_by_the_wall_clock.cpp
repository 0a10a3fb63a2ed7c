// Mistake: measures the limit by system_clock, which is set while it waits
// Caught by: Robust.AsksAClockThatNobodySets
// Says: it is over after 250 ms
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    using Wall = std::chrono::system_clock;
    const auto deadline = Wall::now() + std::chrono::milliseconds{limit_ms};
    Exchange x{fd, request};
    for (int left = limit_ms; left > 0;) {
        pollfd p{fd, static_cast<short>(x.sending ? POLLIN | POLLOUT : POLLIN), 0};
        if (::poll(&p, 1, left) < 0 && errno != EINTR)
            fail("poll");
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
        left = static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(deadline - Wall::now()).count());
    }
    return x.answer;
}

} // namespace kata
