// Mistake: a static buffer, which all threads read into
// Caught by: Robust.EchoesForTwoThreads
// Says: ann receives "ann's own"
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t reads_and_answers(int fd, Bytes& rest)
{
    static std::array<std::byte, 16384> room;
    const ssize_t n = reads(fd, room);
    if (is_over(n))
        return 0;
    return n < 0 ? static_cast<std::uint32_t>(EPOLLIN) : answers(fd, std::span{room}.first(static_cast<std::size_t>(n)), rest);
}

} // namespace kata
