// Mistake: sends without a limit, and begins to look at the time when it reads
// Caught by: Robust.GivesUpWhenTheTimeIsOver
// Says: stuck: asleep in poll(
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    pollfd both{fd, POLLIN | POLLOUT, 0};
    while (x.sending ? ::poll(&both, 1, -1) != 0 : wait_for(fd, POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
