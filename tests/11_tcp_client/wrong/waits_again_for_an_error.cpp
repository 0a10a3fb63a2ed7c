// Mistake: does not look for POLLNVAL: poll() reports it for ever
// Caught by: Robust.SaysWhyItCannotTalk
// Says: busy loop
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (const short ready = wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline)) {
        if ((ready & POLLOUT) != 0)
            send_some(x);
        if ((ready & (POLLIN | POLLERR | POLLHUP)) != 0 && !receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
