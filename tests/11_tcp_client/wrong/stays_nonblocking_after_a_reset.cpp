// Mistake: sets O_NONBLOCK for the time being, and puts it back on all ways out but that of the reset
// Caught by: Hostile.ReadsToTheEndOfAPeerThatReset
// Says: left O_NONBLOCK set on descriptor
#include "11_tcp_client/rest.h"

#include <fcntl.h>

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const int flags = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    if (x.answer.end == End::reset)
        return x.answer;
    ::fcntl(fd, F_SETFL, flags);
    return x.answer;
}

} // namespace kata
