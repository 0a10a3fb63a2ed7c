// Mistake: throws when send() fails, and loses the answer that is already there
// Caught by: Hostile.KeepsTheLastWordsOfAPeerThatLeft
// Says: threw std::system_error: send:
#include "11_tcp_client/rest.h"

namespace kata {

void send_some(Exchange& x)
{
    const ssize_t n = ::send(x.fd, x.rest.data(), x.rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("send");
    x.rest = x.rest.subspan(static_cast<std::size_t>(n > 0 ? n : 0));
    x.sending = !x.rest.empty();
    if (!x.sending)
        half_close(x.fd);
}

} // namespace kata
