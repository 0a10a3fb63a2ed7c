// Mistake: edge-triggered, and reads once for each event
// Caught by: Robust.EchoesABurst
// Says: ann receives 200000 bytes
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, Bytes& rest)
{
    const std::uint32_t next = rest.empty() ? reads_and_answers(fd, rest) : answers(fd, rest, rest);
    return next == 0 ? 0 : EPOLLIN | EPOLLOUT | EPOLLET;
}

} // namespace kata
