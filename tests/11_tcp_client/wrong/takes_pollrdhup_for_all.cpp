// Mistake: returns at POLLRDHUP: the bytes before the FIN are not read
// Caught by: Hostile.EndsWithThePeer
// Says: came      ", finished"
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (const short ready = wait_for(fd, x.sending ? POLLIN | POLLOUT | POLLRDHUP : POLLIN | POLLRDHUP, deadline)) {
        if (x.sending)
            send_some(x);
        if ((ready & (POLLRDHUP | POLLERR)) == POLLRDHUP) {
            x.answer.end = End::finished;
            break;
        }
        if (!receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
