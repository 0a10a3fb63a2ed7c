// Mistake: one lock for all sockets is held while a slow peer is waited for
// Caught by: Robust.KeepsTheThreadsApart
// Says: expected  bob receives
#include "07_send/rest.h"

#include <mutex>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock{one_at_a_time};
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
