// Mistake: ends when shutdown() says ENOTCONN, and leaves unread what came before
// Caught by: Hostile.MayFindNobodyToHalfClose
// Says: came      ", reset"
#include "11_tcp_client/rest.h"

namespace kata {

namespace {

struct Gone {};

} // namespace

void half_close(int fd)
{
    if (::shutdown(fd, SHUT_WR) == 0)
        return;
    if (errno == ENOTCONN)
        throw Gone{};
    fail("shutdown");
}

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    try {
        while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
            if (x.sending)
                send_some(x);
            if (!receive_some(x))
                break;
        }
    } catch (const Gone&) { // there is no connection any more
        x.answer.end = End::reset;
    }
    return x.answer;
}

} // namespace kata
