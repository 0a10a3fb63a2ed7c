// Mistake: reads until there is no more
// Caught by: Hostile.ServesASmallOneBesideAFlooder
// Says: bytes were read in one turn
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, Bytes& rest)
{
    if (!rest.empty() && answers(fd, rest, rest) == 0)
        return 0;
    std::array<std::byte, 16384> room;
    for (ssize_t n = 0; rest.empty();) {
        n = reads(fd, room);
        if (is_over(n) || (n > 0 && answers(fd, std::span{room}.first(static_cast<std::size_t>(n)), rest) == 0))
            return 0;
        if (n < static_cast<ssize_t>(room.size()))
            break;
    }
    return rest.empty() ? EPOLLIN : EPOLLOUT + 0u;
}

} // namespace kata
