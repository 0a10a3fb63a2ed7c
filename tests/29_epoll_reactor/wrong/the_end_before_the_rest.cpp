// Mistake: ends with the stream, and forgets what was not sent yet
// Caught by: Robust.SendsTheRestAfterTheEnd
// Says: bytes came back to ann
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, Bytes& rest)
{
    std::array<std::byte, 4096> room;
    if (!rest.empty() && answers(fd, rest, rest) == 0)
        return 0;
    const ssize_t n = rest.size() < 60000 ? reads(fd, room) : -1;
    if (n == 0)
        return 0;
    if (n > 0) {
        rest.insert(rest.end(), room.begin(), room.begin() + n);
        if (answers(fd, rest, rest) == 0)
            return 0;
    }
    return rest.empty() ? EPOLLIN + 0u : rest.size() < 60000 ? EPOLLIN | EPOLLOUT : EPOLLOUT + 0u;
}

} // namespace kata
