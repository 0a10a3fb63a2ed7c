// Mistake: returns at POLLERR without reading what the peer said before
// Caught by: Hostile.KeepsTheLastWordsOfAPeerThatLeft
// Says: came      ", reset"
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (const short ready = wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline)) {
        if ((ready & POLLERR) != 0)
            x.answer.end = End::reset;
        if (x.sending)
            send_some(x);
        if ((ready & POLLERR) != 0 || !receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
