// Mistake: goes on sending after the peer has ended its stream
// Caught by: Hostile.EndsWithThePeer
// Says: still running after 1000 ms
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    bool over = false;
    while (wait_for(fd, over ? POLLOUT : x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        over = over || !receive_some(x);
        if (over && !x.sending)
            return x.answer;
    }
    x.answer.end = End::timed_out;
    return x.answer;
}

} // namespace kata
