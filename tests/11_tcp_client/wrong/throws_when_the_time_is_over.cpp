// Mistake: throws ETIMEDOUT, and loses what has come
// Caught by: Robust.GivesUpWhenTheTimeIsOver
// Says: Connection timed out
#include "11_tcp_client/rest.h"

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
    if (x.answer.end == End::timed_out)
        throw std::system_error{ETIMEDOUT, std::generic_category(), "exchange"};
    return x.answer;
}

} // namespace kata
