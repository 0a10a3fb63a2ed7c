// Mistake: waits for EPOLLOUT also when it has nothing to send
// Caught by: Works.EchoesToEachItsOwn
// Says: busy loop
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t events, Bytes& rest)
{
    if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0 && rest.empty())
        return EPOLLIN | EPOLLOUT;
    const std::uint32_t next = rest.empty() ? reads_and_answers(fd, rest) : answers(fd, rest, rest);
    return next == 0 ? 0 : EPOLLIN | EPOLLOUT;
}

} // namespace kata
