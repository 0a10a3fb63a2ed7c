// Mistake: waits for POLLOUT, and then sends with a call that blocks until all is taken
// Caught by: Robust.NeverWaitsForAPeerThatWaitsForIt
// Says: stuck: asleep in send(3), and nothing will ever wake it
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (const short ready = wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline)) {
        if ((ready & POLLOUT) != 0)
            send_some(x);
        if ((ready & ~POLLOUT) != 0 && !receive_some(x))
            break;
    }
    return x.answer;
}

void send_some(Exchange& x)
{
    const ssize_t n = ::send(x.fd, x.rest.data(), x.rest.size(), MSG_NOSIGNAL);
    if (n >= 0) {
        x.rest = x.rest.subspan(static_cast<std::size_t>(n));
        x.sending = !x.rest.empty();
        if (!x.sending)
            half_close(x.fd);
    } else if (errno == EPIPE || errno == ECONNRESET) {
        x.reset = errno == ECONNRESET;
        x.sending = false;
    } else if (errno != EINTR && errno != EAGAIN) {
        fail("send");
    }
}

} // namespace kata
