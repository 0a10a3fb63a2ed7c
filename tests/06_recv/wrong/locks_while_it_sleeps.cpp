// Mistake: one lock for all sockets is held while recv sleeps
// Caught by: Robust.KeepsTheThreadsApart
// Says: expected  bob receives "done"
#include "06_recv/rest.h"

#include <mutex>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock{one_at_a_time};
    ssize_t n = -1;
    while ((n = ::recv(fd, room.data(), room.size(), 0)) < 0)
        if (errno != EINTR)
            fail("recv");
    return static_cast<std::size_t>(n);
}

} // namespace kata
