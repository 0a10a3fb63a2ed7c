// Mistake: waits for room after each send(), also after the last one
// Caught by: Robust.ReturnsWhenTheKernelHasAll
// Says: stuck: asleep in poll(3)
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            fail(errno, "send");
        if (n > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        wait_for_room(fd);
    }
}

} // namespace kata
