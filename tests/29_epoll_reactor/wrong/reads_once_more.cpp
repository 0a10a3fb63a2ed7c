// Mistake: reads until EAGAIN, also after a short read
// Caught by: Robust.PaysTwoCallsForAnEcho
// Says: 40 echoes cost
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, Bytes& rest)
{
    std::uint32_t next = rest.empty() ? EPOLLIN + 0u : answers(fd, rest, rest);
    std::array<std::byte, 16384> room;
    for (int i = 0; i < 4 && next == EPOLLIN; ++i) {
        const ssize_t n = reads(fd, room);
        if (is_over(n))
            return 0;
        if (n < 0)
            return EPOLLIN;
        next = answers(fd, std::span{room}.first(static_cast<std::size_t>(n)), rest);
    }
    return next;
}

} // namespace kata
