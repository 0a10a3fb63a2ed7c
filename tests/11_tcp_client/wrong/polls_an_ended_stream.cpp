// Mistake: goes on waiting for POLLIN after the end of the answer, until the rest is sent
// Caught by: Hostile.EndsWithThePeer
// Says: busy loop
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x) && !x.sending)
            break;
    }
    return x.answer;
}

} // namespace kata
