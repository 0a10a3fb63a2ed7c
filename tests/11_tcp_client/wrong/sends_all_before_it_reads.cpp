// Mistake: sends the whole request, and reads only then
// Caught by: Robust.NeverWaitsForAPeerThatWaitsForIt
// Says: stuck: asleep in send(3), and nothing will ever wake it
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (x.sending)
        send_some(x);
    while (wait_for(fd, POLLIN, deadline) != 0 && receive_some(x)) {
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
