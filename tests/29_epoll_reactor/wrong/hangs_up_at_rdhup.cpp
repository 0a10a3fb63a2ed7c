// Mistake: closes when the end is told, before it has read what came with it
// Caught by: Works.AnswersWhatCameWithTheEnd
// Says: ann receives "last words"
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t events, Bytes& rest)
{
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
        return 0;
    const std::uint32_t next = rest.empty() ? reads_and_answers(fd, rest) : answers(fd, rest, rest);
    return next == 0 ? 0 : next | EPOLLRDHUP;
}

} // namespace kata
