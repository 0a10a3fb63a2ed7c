// Mistake: keeps POLLOUT armed when all is sent, so that poll() never sleeps
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: busy loop
#include "11_tcp_client/rest.h"

namespace kata {

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, POLLIN | POLLOUT, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
