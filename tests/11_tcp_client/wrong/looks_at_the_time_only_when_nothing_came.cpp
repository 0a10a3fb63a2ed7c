// Mistake: reads until nothing is left, and only then looks at the time
// Caught by: Hostile.GivesUpOnAPeerThatNeverStops
// Says: it is over after 30 ms
#include "11_tcp_client/rest.h"

#include <cstdint>

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        for (std::size_t before = SIZE_MAX; before != x.answer.bytes.size();) {
            before = x.answer.bytes.size();
            if (!receive_some(x))
                return x.answer;
        }
    }
    return x.answer;
}

} // namespace kata
