// Mistake: takes what it reads when the end is told for all that is left, and reads one buffer
// Caught by: Works.AnswersWhatCameWithTheEnd
// Says: ann receives 100000 bytes
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t events, Bytes& rest)
{
    const std::uint32_t next = rest.empty() ? reads_and_answers(fd, rest) : answers(fd, rest, rest);
    if (next != EPOLLIN)
        return next;
    return (events & EPOLLRDHUP) != 0 ? 0 : EPOLLIN | EPOLLRDHUP;
}

} // namespace kata
