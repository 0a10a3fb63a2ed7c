// Mistake: reads on while the client does not read, and keeps it
// Caught by: Hostile.DoesNotWaitForOneWhoDoesNotRead
// Says: bytes are kept for eve
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t events, Bytes& rest)
{
    std::array<std::byte, 16384> room;
    const ssize_t n = (events & EPOLLIN) != 0 ? reads(fd, room) : -1;
    if (n == 0 && rest.empty())
        return 0;
    rest.insert(rest.end(), room.begin(), room.begin() + std::max<ssize_t>(n, 0));
    if (!rest.empty() && answers(fd, rest, rest) == 0)
        return 0;
    return (n == 0 ? 0u : EPOLLIN) | (rest.empty() ? 0u : EPOLLOUT);
}

} // namespace kata
