// Mistake: sends until there is no room, and only then looks at the time: a peer that drains keeps it for ever
// Caught by: Hostile.GivesUpOnAPeerThatNeverStops
// Says: it is over after 30 ms
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        for (std::size_t before = 0; x.sending && before != x.rest.size();) {
            before = x.rest.size();
            send_some(x);
        }
        if (!receive_some(x))
            return x.answer;
    }
    return x.answer;
}

} // namespace kata
