// Mistake: reports the end of its patience as the end of the answer
// Caught by: Robust.GivesUpWhenTheTimeIsOver
// Says: half an ans, finished
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
    x.answer.end = x.answer.end == End::timed_out ? End::finished : x.answer.end;
    return x.answer;
}

} // namespace kata
