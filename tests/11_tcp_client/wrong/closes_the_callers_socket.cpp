// Mistake: takes over a descriptor that is only lent
// Caught by: Robust.GivesUpWhenTheTimeIsOver
// Says: is open for its owner, the caller
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const UniqueFd owner{fd};
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
