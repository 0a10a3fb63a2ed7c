// Mistake: edge-triggered, and takes a short read for the last news
// Caught by: Works.AnswersWhatCameWithTheEnd
// Says: ann receives the end of the stream (FIN)
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, Bytes& rest)
{
    std::array<std::byte, 16384> room;
    if (!rest.empty() && answers(fd, rest, rest) == 0)
        return 0;
    for (int i = 0; i < 4 && rest.empty(); ++i) {
        const ssize_t n = reads(fd, room);
        if (is_over(n) || (n > 0 && answers(fd, std::span{room}.first(static_cast<std::size_t>(n)), rest) == 0))
            return 0;
        if (n < static_cast<ssize_t>(room.size()))
            return EPOLLIN | EPOLLOUT | EPOLLET;
    }
    return rest.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT | EPOLLET; // the budget is used up: level-triggered, it comes again
}

} // namespace kata
