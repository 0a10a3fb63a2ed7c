// Mistake: takes EPIPE for a reset of the answer
// Caught by: Hostile.KnowsAResetBehindTheEnd
// Says: came      "no, reset"
#include "11_tcp_client/rest.h"

namespace kata {

void send_some(Exchange& x)
{
    const ssize_t n = ::send(x.fd, x.rest.data(), x.rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n >= 0) {
        x.rest = x.rest.subspan(static_cast<std::size_t>(n));
        x.sending = !x.rest.empty();
        if (!x.sending)
            half_close(x.fd);
    } else if (errno == EPIPE || errno == ECONNRESET) {
        x.reset = true;
        x.sending = false;
    } else if (errno != EINTR && errno != EAGAIN) {
        fail("send");
    }
}

} // namespace kata
