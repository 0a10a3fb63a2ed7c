// Mistake: puts the socket into blocking mode at the end, whatever it was before
// Caught by: Hostile.ReadsToTheEndOfAPeerThatReset
// Says: left O_NONBLOCK cleared on descriptor
#include "11_tcp_client/rest.h"

#include <fcntl.h>

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return x.answer;
}

} // namespace kata
