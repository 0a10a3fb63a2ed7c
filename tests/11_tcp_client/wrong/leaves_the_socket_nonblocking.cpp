// Mistake: sets O_NONBLOCK, and leaves it set
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: left O_NONBLOCK set on descriptor
#include "11_tcp_client/rest.h"

#include <fcntl.h>

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
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
