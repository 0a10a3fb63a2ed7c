// Mistake: waits for POLLOUT alone until the request is sent
// Caught by: Robust.NeverWaitsForAPeerThatWaitsForIt
// Says: still running
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        else if (!receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
