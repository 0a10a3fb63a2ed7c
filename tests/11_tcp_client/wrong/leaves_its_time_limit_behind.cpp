// Mistake: limits recv() with SO_RCVTIMEO, and leaves it set
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: left SO_RCVTIMEO
#include "11_tcp_client/rest.h"

#include <sys/time.h>

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const timeval time{limit_ms / 1000, limit_ms % 1000 * 1000};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
